package dev.caravan.transport;

import dev.caravan.row.Value;
import java.util.List;
import java.util.Optional;

/**
 * What a database made of a transaction. It knows the end for certain: either it was committed, or refused as a whole and undone.
 *
 * @param results for each statement, for each of its rows, what became of it; empty where the whole was refused
 * @param refusal why nothing of it was applied; empty if it was committed
 */
public record SqlAnswer(List<List<Result>> results, Optional<Refusal> refusal, int requests) implements Reply.Answer {

    public SqlAnswer {
        results = List.copyOf(results);
    }

    /** A transaction that was committed. */
    public static SqlAnswer committed(List<List<Result>> results) {
        return new SqlAnswer(results, Optional.empty(), 1);
    }

    /** A transaction of which nothing was applied. */
    public static SqlAnswer refused(Refusal refusal) {
        return new SqlAnswer(List.of(), Optional.of(refusal), 1);
    }

    /** What became of one row of a statement. */
    public sealed interface Result {}

    /**
     * The statement was run with it.
     *
     * @param count rows of the table that were written; of a query, rows found
     * @param rows what came back, each value as text or null
     */
    public record Ran(long count, List<List<Value>> rows) implements Result {
        public Ran {
            rows = List.copyOf(rows);
        }

        /** The count alone: the rows are payload. */
        @Override
        public String toString() {
            return "ran(" + count + ")";
        }
    }

    /** The database refused this row; nothing of it was applied. */
    public record Refused(Refusal refusal) implements Result {}

    /**
     * Why a database refuses.
     *
     * @param state the SQLSTATE, five characters; {@code 00000} where the driver tells none
     * @param vendor the database's own number; 0 where it has none
     * @param message its words, which may quote values
     * @param column the column that it names; empty if it names none
     */
    public record Refusal(String state, int vendor, String message, String column) {

        /** Without the words, which may quote values. */
        @Override
        public String toString() {
            return vendor == 0 ? state : state + "/" + vendor;
        }
    }

    @Override
    public SqlAnswer costing(int wire) {
        return new SqlAnswer(results, refusal, wire);
    }

    /** The rows that a query asked once has found; none where the whole was refused. */
    public List<List<Value>> found(int statement) {
        return statement < results.size()
                        && !results.get(statement).isEmpty()
                        && results.get(statement).getFirst() instanceof Ran ran
                ? ran.rows()
                : List.of();
    }

    /** How much it is, without what was read. */
    @Override
    public String toString() {
        return refusal.map(why -> "refused " + why).orElse("committed " + results.size() + " statements");
    }
}
