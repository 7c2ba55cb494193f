package dev.caravan.source;

import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one recorded outcome means for the snapshot. Outcomes that mean nothing for it, such as rejections, have none. */
public sealed interface Settlement {

    /** The ledger's sequence number of the outcome. */
    long seq();

    /** The canonical key. */
    RowKey key();

    /**
     * The destination holds the row.
     *
     * @param rowHash null if the row must stay a candidate
     * @param definition the field definition it was mapped with
     * @param withheld last accepted values of fields that were not sent though they differ
     */
    record Stored(
            long seq,
            RowKey key,
            @Nullable String remoteId,
            boolean createdByUs,
            @Nullable Long rowHash,
            String definition,
            Row image,
            Map<String, Value> withheld,
            long run)
            implements Settlement {}

    /**
     * The key left and what was asked for it is done.
     *
     * @param deleted whether its record is gone: one that has the key later is not the one we knew (invariant I7)
     */
    record Left(long seq, RowKey key, boolean deleted, long run) implements Settlement {}

    /** A request for the key is unresolved: it is dirty until a later outcome. A key the snapshot lacks gets a live, dirty row. */
    record Unresolved(long seq, RowKey key, long run) implements Settlement {}

    /** Nothing changes but the sequence number, so that the ledger may be pruned. */
    record Nothing(long seq, RowKey key) implements Settlement {}
}
