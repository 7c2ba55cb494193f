package dev.caravan.mapping;

import dev.caravan.row.Row;
import dev.caravan.row.Value;

/** A compiled, type-checked, total expression over one row. Pure and safe for use by many threads. */
@FunctionalInterface
public interface Expression {

    /** Its result for a row that has all the columns it reads. Never throws for what a row holds. */
    Result evaluate(Row row);

    /** What came of an evaluation. */
    sealed interface Result {
        /** A value, possibly null. */
        record Computed(Value value) implements Result {}

        /** No value: for example a division by zero. The reason names no values of the row. */
        record Failed(String reason) implements Result {}
    }
}
