package dev.caravan.pipeline;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Deliveries;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.plan.Doubts;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run may do about inserts whose end nobody knows, by the idempotency class that the destination declares for them. Asks the
 * ledger and the destination when the first such key comes up. One thread.
 */
final class DoubtfulKeys implements Doubts {

    private static final String UNKNOWN = "unknown";

    private final SyncRun run;
    private final Deliveries ledger;
    private final Instant now;
    private @Nullable Known known;

    DoubtfulKeys(SyncRun run, Deliveries ledger, Instant now) {
        this.run = run;
        this.ledger = ledger;
        this.now = now;
    }

    @Override
    public Doubt about(RowKey key) {
        IdempotencyClass idempotency = run.target().idempotencyOfInserts();
        Deliveries.@Nullable Doubt doubt = known().open().get(key);
        return switch (idempotency) {
            case A, C -> new Doubt.Latest();
            case B -> doubt == null ? withoutTrace(key) : again(doubt);
            case D, E, F -> doubt == null ? withoutTrace(key) : asSaid(doubt.word(), UNKNOWN);
        };
    }

    /** A dirty key without a doubt was refused for its content when it was repeated; where that is not to be seen, nobody knows. */
    private Doubt withoutTrace(RowKey key) {
        return known().refuted().contains(key) ? new Doubt.Latest() : asSaid(Optional.empty(), UNKNOWN);
    }

    private Doubt again(Deliveries.Doubt doubt) {
        if (doubt.row().targetKey().isNull()) {
            // Its values were erased in time, so that it cannot be repeated word for word.
            return asSaid(doubt.word(), UNKNOWN);
        }
        PlannedWrite row = doubt.row();
        PlannedWrite.Repeat first =
                row.repeats().orElseGet(() -> new PlannedWrite.Repeat(doubt.run(), row.ordinal(), doubt.begun()));
        if (Repeats.over(first, run.target().spec(), now)) {
            return asSaid(doubt.word(), Repeats.REASON);
        }
        return new Doubt.Again(
                doubt.definition().equals(run.mapping().fields().definition()) ? row : unseen(row),
                first,
                asSaid(doubt.word(), UNKNOWN));
    }

    /** Mapped by another definition, so that nothing can be compared with it later: it stays a candidate. */
    private static PlannedWrite unseen(PlannedWrite row) {
        return row.withoutHash();
    }

    /** By a person's word on this very doubt, else by what the mapping says of all. */
    private Doubt asSaid(Optional<Target.OnUnknown> word, String reason) {
        return switch (word.orElse(run.mapping().target().onUnknown())) {
            case HOLD -> new Doubt.Hold(reason);
            case RESEND -> new Doubt.Latest();
            case DROP -> new Doubt.Drop();
        };
    }

    private Known known() {
        Known known = this.known;
        if (known == null) {
            MappingId mapping = run.mapping().id();
            Map<RowKey, Deliveries.Doubt> open = new HashMap<>();
            ledger.doubts(mapping).forEach(doubt -> open.put(doubt.row().key(), doubt));
            known = new Known(open, ledger.refuted(mapping));
            this.known = known;
        }
        return known;
    }

    /** What the ledger knows of keys whose end it does not know. */
    private record Known(Map<RowKey, Deliveries.Doubt> open, Set<RowKey> refuted) {}
}
