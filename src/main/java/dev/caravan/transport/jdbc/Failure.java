package dev.caravan.transport.jdbc;

import dev.caravan.transport.SqlAnswer.Refusal;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an exception of a driver says. */
final class Failure {

    /**
     * Classes of SQLSTATE that can be about one row alone: data, constraints, check options, triggers, MySQL's unspecified, and what is too
     * large, such as a key that no index takes.
     */
    private static final Set<String> OF_ROWS = Set.of("21", "22", "23", "44", "54", "P0", "HY", "09", "45");

    /** Classes after which nobody knows whether a commit took effect: the connection, the operator, the system. */
    private static final Set<String> UNCLEAR = Set.of("08", "57", "58", "XX", "00", "HY");

    private Failure() {}

    static Refusal refusal(SQLException thrown) {
        SQLException failure = told(thrown);
        return new Refusal(state(failure), failure.getErrorCode(), message(failure), column(failure));
    }

    /** Whether leaving out single rows may help. */
    static boolean ofRows(SQLException thrown) {
        return OF_ROWS.contains(state(told(thrown)).substring(0, 2));
    }

    /** Whether a commit that ended so may have taken effect. That a server answers with an error of any other class means that it did not. */
    static boolean unclearCommit(SQLException thrown) {
        String state = state(told(thrown));
        return UNCLEAR.contains(state.substring(0, 2)) || state.equals("40003");
    }

    /** The exception that carries the server's words: the driver wraps it for a batch. */
    private static SQLException told(SQLException thrown) {
        SQLException next = thrown.getNextException();
        if (next != null && !known(thrown)) {
            return told(next);
        }
        return thrown.getCause() instanceof SQLException cause && (cause instanceof PSQLException || !known(thrown))
                ? told(cause)
                : thrown;
    }

    private static boolean known(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.length() == 5;
    }

    static String state(SQLException failure) {
        return known(failure) ? Objects.requireNonNull(failure.getSQLState()) : DuckDbWords.state(message(failure));
    }

    private static String message(SQLException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "");
    }

    private static String column(SQLException failure) {
        @Nullable
        ServerErrorMessage server = failure instanceof PSQLException told && told.getServerErrorMessage() != null
                ? told.getServerErrorMessage()
                : null;
        return server == null ? "" : Objects.requireNonNullElse(server.getColumn(), "");
    }
}
