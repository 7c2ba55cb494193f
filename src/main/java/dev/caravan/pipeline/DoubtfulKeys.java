package dev.caravan.pipeline;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Deliveries;
import dev.caravan.plan.Doubts;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
    private @Nullable Map<RowKey, Deliveries.Doubt> open;

    DoubtfulKeys(SyncRun run, Deliveries ledger, Instant now) {
        this.run = run;
        this.ledger = ledger;
        this.now = now;
    }

    @Override
    public Doubt about(RowKey key) {
        IdempotencyClass idempotency = run.target().idempotencyOfInserts();
        Deliveries.@Nullable Doubt doubt = open().get(key);
        if (doubt == null) {
            // Refused for its content since, when it was repeated: so it never arrived.
            return new Doubt.Latest();
        }
        return switch (idempotency) {
            case A, C -> new Doubt.Latest();
            case B -> again(doubt);
            case D, E, F -> asSaid(doubt, UNKNOWN);
        };
    }

    private Doubt again(Deliveries.Doubt doubt) {
        if (doubt.row().targetKey().isNull()) {
            // Its values were erased in time, so that it cannot be repeated word for word.
            return asSaid(doubt, UNKNOWN);
        }
        PlannedWrite row = doubt.row();
        PlannedWrite.Repeat first =
                row.repeats().orElseGet(() -> new PlannedWrite.Repeat(doubt.run(), row.ordinal(), doubt.begun()));
        if (Repeats.over(first, run.target().spec(), now)) {
            return asSaid(doubt, Repeats.REASON);
        }
        return new Doubt.Again(
                doubt.definition().equals(run.mapping().fields().definition()) ? row : unseen(row), first);
    }

    /** Mapped by another definition, so that nothing can be compared with it later: it stays a candidate. */
    private static PlannedWrite unseen(PlannedWrite row) {
        return row.withoutHash();
    }

    /** By a person's word on this very doubt, else by what the mapping says of all. */
    private Doubt asSaid(Deliveries.Doubt doubt, String reason) {
        return switch (doubt.word().orElse(run.mapping().target().onUnknown())) {
            case HOLD -> new Doubt.Hold(reason);
            case RESEND -> new Doubt.Latest();
            case DROP -> new Doubt.Drop();
        };
    }

    private Map<RowKey, Deliveries.Doubt> open() {
        Map<RowKey, Deliveries.Doubt> known = open;
        if (known == null) {
            Map<RowKey, Deliveries.Doubt> found = new HashMap<>();
            ledger.doubts(run.mapping().id())
                    .forEach(doubt -> found.put(doubt.row().key(), doubt));
            open = found;
            known = found;
        }
        return known;
    }
}
