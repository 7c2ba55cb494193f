package dev.caravan.store.postgres;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.store.sql.db.Damage;
import java.sql.SQLException;

/** What an error of the server means, by its SQLSTATE. Its own words stay out: they may quote what was being stored. */
final class PostgresFailure {

    private PostgresFailure() {}

    /** The exception to throw. A broken constraint or statement is a bug of ours, everything else is the server or the way to it. */
    static RuntimeException of(SQLException failure, String address) {
        String state = state(failure);
        return switch (state.substring(0, 2)) {
            case "23", "42" ->
                state.equals("42501")
                        ? unusable("refuses what the ledger needs", state, "give the ledger's user its schema", address)
                        : new IllegalStateException("the ledger refused a transaction (" + state + ")");
            case "22" -> unfit(state);
            case "XX" -> Damage.of("the ledger's database is damaged (" + state + ")");
            case "28" -> unusable("refuses the log-in", state, "check user and password under state:", address);
            case "3D" ->
                unusable("has no such database", state, "make the database; the tables come by themselves", address);
            case "53" -> unusable("has no room left", state, "give it disk, memory or connections", address);
            case "25" -> unusable("takes no writes", state, "name the primary, not a standby", address);
            case "40", "55" ->
                unusable("did not come to it in time", state, "another session holds a lock: try again", address);
            default -> unreachable(state, address);
        };
    }

    /** Whether the same transaction may simply be tried again: the server undid it in favour of another. */
    static boolean again(SQLException failure) {
        String state = state(failure);
        return state.equals("40P01") || state.equals("40001");
    }

    private static RuntimeException unfit(String state) {
        return state.equals("22021")
                ? new CaravanException.RunFailure(Problem.of(
                        Code.LEDGER_TEXT,
                        "a value holds a NUL character, which PostgreSQL cannot keep",
                        "take it out in the model, for instance with replace(column, chr(0), '')"))
                : new IllegalStateException("the ledger refused a value (" + state + ")");
    }

    private static CaravanException unusable(String what, String state, String advice, String address) {
        return new CaravanException.EnvironmentFailure(Problem.of(
                Code.LEDGER_UNREACHABLE,
                "the ledger's server at " + address + " " + what + " (" + state + ")",
                advice));
    }

    private static CaravanException unreachable(String state, String address) {
        return unusable(
                "cannot be reached or went away",
                state,
                "check that it runs and that this machine may connect",
                address);
    }

    /** The first SQLSTATE in the chain: a pool wraps what the driver says. */
    private static String state(SQLException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException known
                    && known.getSQLState() != null
                    && known.getSQLState().length() == 5) {
                return known.getSQLState();
            }
        }
        return "08001";
    }
}
