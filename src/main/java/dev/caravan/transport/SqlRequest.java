package dev.caravan.transport;

import dev.caravan.row.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One transaction of a database. All its statements are committed together but for single rows that the database refuses: those are left
 * out, told one by one, and the others go through.
 *
 * @param statements run in this order
 * @param replay {@code READ} for a transaction that only looks: it is opened as such and never committed
 * @param timeout for the whole transaction, its commit included
 */
public record SqlRequest(List<Statement> statements, Replay replay, Duration timeout) implements Request {

    public SqlRequest {
        statements = List.copyOf(statements);
    }

    /**
     * One statement, run once for each row of parameters.
     *
     * @param text in the database's own SQL with a question mark for each parameter; made from names that the database described, never
     *     from a value
     * @param rows the parameters of each run in their order; a statement without any has one empty row
     * @param several how it is written for several rows at once; empty if it is not, or need not be
     */
    public record Statement(String text, Wants wants, List<List<Value>> rows, Optional<Several> several) {

        public Statement {
            rows = List.copyOf(rows);
        }

        /** A statement that is run row by row. */
        public Statement(String text, Wants wants, List<List<Value>> rows) {
            this(text, wants, rows, Optional.empty());
        }

        /** One that may write several rows in a run, and writes exactly one for each row of parameters. */
        public static Statement several(Several several, List<List<Value>> rows) {
            return new Statement(several.of(1), Wants.COUNT, rows, Optional.of(several));
        }

        /** A question that is asked once. */
        public static Statement query(String text, Value... parameters) {
            return new Statement(text, Wants.ROWS, List.of(List.of(parameters)));
        }

        /** Without parameters: they are payload. */
        @Override
        public String toString() {
            return wants + " of " + rows.size() + " rows: " + text;
        }
    }

    /** A statement in three pieces, of which the middle one stands once for each row, separated by commas. */
    public record Several(String head, String row, String tail) {

        /** The text for so many rows. */
        public String of(int rows) {
            return head + String.join(", ", Collections.nCopies(rows, row)) + tail;
        }
    }

    /** What comes back of a statement. */
    public enum Wants {
        /** The rows of a query. */
        ROWS,
        /** How many rows of the table each run wrote. */
        COUNT,
        /** That, and what each of them returns. A run writes one row at most. */
        RETURNED
    }

    /** A transaction that only looks. */
    public static SqlRequest read(List<Statement> statements, Duration timeout) {
        return new SqlRequest(statements, Replay.READ, timeout);
    }

    /** A transaction that writes. */
    public static SqlRequest write(List<Statement> statements, Duration timeout) {
        return new SqlRequest(statements, Replay.NEVER, timeout);
    }

    /** The request, in the one form that a database's transport takes. */
    public static SqlRequest of(Request request) {
        if (request instanceof SqlRequest sql) {
            return sql;
        }
        throw new IllegalArgumentException("a database takes statements alone");
    }

    /** Without parameters. */
    @Override
    public String toString() {
        return "a transaction of " + statements.size() + " statements (" + replay + ")";
    }
}
