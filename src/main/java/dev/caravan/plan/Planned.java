package dev.caravan.plan;

import dev.caravan.row.RowKey;

/** What planning made of one change. */
public sealed interface Planned {

    /** Whether it comes to a row with the same key and fields as this one, which was sent before. */
    default boolean says(PlannedWrite earlier) {
        return this instanceof Row row
                && row.write().targetKey().equals(earlier.targetKey())
                && row.write().fields().equals(earlier.fields());
    }

    /** A row of the plan. */
    record Row(PlannedWrite write) implements Planned {}

    /** The destination already holds all of it: the snapshot may take over the row. */
    record Same(RowKey key) implements Planned {}

    /** The key left and nothing is asked for it: the snapshot only marks it. */
    record Left(RowKey key) implements Planned {}

    /**
     * The key left, but its record is wanted by another row that is not settled yet. It stays live, so that the record is removed
     * as any other where that row never gets it, and comes back with the next run.
     */
    record Waiting(RowKey key) implements Planned {}

    /** It differs, but by less than what may cause a write here; the row stays a candidate and the snapshot as it is. */
    record Quiet(RowKey key) implements Planned {}

    /** Nothing of it differs. It is time to send it again, but enough others are sent again in this run; the snapshot stays as it is. */
    record Overdue(RowKey key) implements Planned {}

    /** The destination refused exactly this before. */
    record Standing(RowKey key) implements Planned {}

    /**
     * It cannot be mapped, or what it maps to cannot fit the destination. It counts as invalid.
     *
     * @param reason a stable word with the field, for example {@code too_long:Title}
     */
    record Unfit(RowKey key, String reason) implements Planned {}
}
