package dev.caravan.recovery;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.source.Settlement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What recorded outcomes mean for a snapshot. Pure: delivery and recovery settle alike. */
public final class Settlements {

    private Settlements() {}

    /** The meaning of one outcome. Only an accepted row moves the snapshot (invariant I2). */
    public static Settlement of(Recorded recorded) {
        PlannedWrite row = recorded.row();
        return switch (recorded.outcome()) {
            case Outcome.Accepted accepted -> held(recorded, accepted.remoteId(), accepted.created());
            case Outcome.Unchanged unchanged -> held(recorded, unchanged.remoteId(), false);
            case Outcome.Unknown unknown -> new Settlement.Unresolved(recorded.seq(), row.key(), recorded.run());
            case Outcome.Rejected rejected -> new Settlement.Nothing(recorded.seq(), row.key());
            case Outcome.Deferred deferred -> new Settlement.Nothing(recorded.seq(), row.key());
        };
    }

    private static Settlement held(Recorded recorded, @Nullable String remoteId, boolean created) {
        PlannedWrite row = recorded.row();
        if (row.kind() == Kind.REMOVE) {
            // A removal finds nothing to do where the record is gone, so that a clear ends it like a deletion.
            boolean deleted = row.fields().isEmpty() || recorded.outcome() instanceof Outcome.Unchanged;
            return new Settlement.Left(recorded.seq(), row.key(), deleted, recorded.run());
        }
        // A repeated row of an older definition has no hash either: what it left there is compared field by field. Of
        // one
        // that is taken as arrived nothing is known but its key.
        boolean foreign = row.rowHash() == null && (row.repeats().isPresent() || row.cause() == Cause.DROPPED);
        boolean partly = foreign || (created && !carriesEveryField(row));
        return new Settlement.Stored(
                recorded.seq(),
                row.key(),
                remoteId == null ? row.remoteId() : remoteId,
                created || madeMember(recorded) || (row.createdByUs() && sameRecord(row, remoteId)),
                partly ? null : row.rowHash(),
                partly ? "" : recorded.definition(),
                row.image(),
                partly ? Map.of() : row.withheld(),
                recorded.run());
    }

    /** A membership is made by its first addition; one that is there already by another, unless a lost request of ours was sent before. */
    private static boolean madeMember(Recorded recorded) {
        return recorded.action() == Action.ADD
                && recorded.row().kind() == Kind.ADD
                && (recorded.outcome() instanceof Outcome.Accepted
                        || recorded.row().cause() == Cause.UNKNOWN);
    }

    /** Ownership is of a record, not of its key: another one that has the key by now is not ours (invariant I7). */
    private static boolean sameRecord(PlannedWrite row, @Nullable String remoteId) {
        return remoteId == null || row.remoteId() == null || remoteId.equals(row.remoteId());
    }

    /**
     * A change whose record was gone made a new one with the changed fields alone, but where it was to get another key, or was sent again
     * for its age. Without hash and definition the next run sends every field; the image stays, since a removal takes the key from it.
     */
    private static boolean carriesEveryField(PlannedWrite row) {
        boolean all = row.cause() == Cause.REKEYED || row.cause() == Cause.RENEWED;
        return row.kind() == Kind.ADD
                || row.cause() == Cause.UNKNOWN
                || (all && row.withheld().isEmpty());
    }
}
