package dev.caravan.diff;

import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.Known;
import java.util.Optional;

/**
 * One key's difference between model and snapshot. A candidate: whether anything is written, the mapping decides.
 */
public sealed interface Change {

    /** The canonical key. */
    RowKey key();

    /**
     * In the model, not live in the snapshot.
     *
     * @param rowHash the engine's hash of the hashed columns
     * @param known what the snapshot still knows: a key that left and returned, or one with an unresolved request
     */
    record Added(RowKey key, Row row, long rowHash, Optional<Known> known) implements Change {}

    /**
     * In both, with another hash, a withheld field, an unresolved request or an older mapping version; or as it was.
     *
     * @param due whether its last acceptance was so long ago that it is to be sent again even if nothing differs
     */
    record Changed(RowKey key, Row row, long rowHash, Known known, boolean due) implements Change {

        /** One for which it is not time. */
        public Changed(RowKey key, Row row, long rowHash, Known known) {
            this(key, row, rowHash, known, false);
        }
    }

    /**
     * Its destination key is, by the snapshot, still that of another row which the model has under another one by now, or has invalid: that
     * one's record may have the key yet. Or that row left, as {@link Wanted} says.
     *
     * @param change added or changed
     * @param left whether it is a change whose own record has another key, and the other row left
     */
    record Early(Change change, boolean left) implements Change {
        @Override
        public RowKey key() {
            return change.key();
        }
    }

    /** Live in the snapshot and absent from all rows read, invalid ones included. */
    record Removed(RowKey key, Known known) implements Change {}

    /**
     * Live in the snapshot and absent from all rows read, but its destination key is now that of a row of the model that has a record of
     * its own: where records follow their rows that one brings its own along, and this one has to go before; else it gets this one.
     */
    record Wanted(Removed removed) implements Change {
        @Override
        public RowKey key() {
            return removed.key();
        }
    }

    /** Would be added or changed, but the destination key computed of it is also that of another such row: which one is meant? */
    record Shared(RowKey key) implements Change {}

    /**
     * Live in the snapshot and absent from all rows read, but its record is now that of another row of the model: by its
     * destination key as the destination compares it, or by the id the destination told.
     *
     * @param settled whether that row was accepted in an earlier run and stays as it is, so that the key may go; else it is only
     *     wanted by now, and whoever leaves or is refused decides what becomes of the record
     */
    record TakenOver(RowKey key, boolean settled) implements Change {}
}
