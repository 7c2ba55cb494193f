package dev.caravan.diff;

import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.Known;
import java.util.List;
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
     * one's record may have the key yet. Or those rows left, as {@link Wanted} says.
     *
     * @param change added or changed
     * @param left the rows that left, if it is them that it gets the key of; one as a rule
     */
    record Early(Change change, List<Wanted> left) implements Change {

        public Early {
            left = List.copyOf(left);
        }

        @Override
        public RowKey key() {
            return change.key();
        }
    }

    /** Live in the snapshot and absent from all rows read, invalid ones included. */
    record Removed(RowKey key, Known known) implements Change {}

    /**
     * Live in the snapshot and absent from all rows read, but its destination key is now that of a row of the model that does not have it
     * yet. A record of its own that one may bring along, and members are known by more than their keys: then this one has to go before. Else
     * that one gets this one's record.
     *
     * @param moves whether that row has a record of its own by an id that the destination told
     */
    record Wanted(Removed removed, boolean moves) implements Change {
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
    record TakenOver(Removed removed, boolean settled) implements Change {
        @Override
        public RowKey key() {
            return removed.key();
        }
    }
}
