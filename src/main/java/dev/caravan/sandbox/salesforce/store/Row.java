package dev.caravan.sandbox.salesforce.store;

import dev.caravan.sandbox.salesforce.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * One version of one record. Values lie by the field's slot, as String, Boolean, BigDecimal, LocalDate, LocalTime or
 * Instant; slot 0 is the id. Immutable.
 */
public final class Row {

    private final @Nullable Object[] values;
    private final boolean deleted;

    private Row(@Nullable Object[] values, boolean deleted) {
        this.values = values;
        this.deleted = deleted;
    }

    /** A row that owns the array from now on: the caller must not keep it. */
    public static Row of(@Nullable Object[] values) {
        return new Row(values, false);
    }

    public String id() {
        return String.valueOf(values[0]);
    }

    public @Nullable Object get(Field field) {
        return values[field.slot()];
    }

    /** A copy of the values, to make the next version from. */
    public @Nullable Object[] copy() {
        return values.clone();
    }

    public boolean deleted() {
        return deleted;
    }

    /** The same record in the recycle bin. */
    public Row asDeleted() {
        return new Row(values, true);
    }
}
