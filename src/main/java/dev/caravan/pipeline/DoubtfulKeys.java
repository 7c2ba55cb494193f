package dev.caravan.pipeline;

import dev.caravan.delivery.Repeats;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.plan.Doubts;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run may do about inserts whose end nobody knows, by the idempotency class that the destination declares for them, and under which
 * keys other writes were lost. Asks the
 * ledger and the destination when the first such key comes up. One thread.
 */
final class DoubtfulKeys implements Doubts {

    private static final String UNKNOWN = "unknown";

    private final SyncRun run;
    private final Deliveries ledger;
    private final LookUps lookUps;
    private final Instant now;
    private @Nullable Known known;

    DoubtfulKeys(SyncRun run, Deliveries ledger, ZombieWindow window, Instant now) {
        this.run = run;
        this.ledger = ledger;
        this.lookUps = new LookUps(run, window);
        this.now = now;
    }

    @Override
    public Doubt about(RowKey key) {
        IdempotencyClass idempotency = run.target().idempotencyOfInserts();
        Deliveries.@Nullable Doubt doubt = known().open().get(key);
        return switch (idempotency) {
            case A, C -> new Doubt.Latest();
            case B -> doubt == null ? withoutTrace(key) : again(doubt);
            case D, F -> doubt == null ? withoutTrace(key) : asSaid(doubt, UNKNOWN);
            case E -> doubt == null ? withoutTrace(key) : appended(doubt);
        };
    }

    @Override
    public boolean refuted(RowKey key) {
        return known().refuted().contains(key);
    }

    @Override
    public Optional<PlannedWrite> lost(RowKey key) {
        return Optional.ofNullable(known().open().get(key))
                .map(Deliveries.Doubt::row)
                .filter(row -> !row.targetKey().isNull());
    }

    /** A dirty key without a doubt was refused for its content when it was repeated; where that is not to be seen, nobody knows. */
    private Doubt withoutTrace(RowKey key) {
        return refuted(key) ? new Doubt.Latest() : asSaid(null, UNKNOWN);
    }

    private Doubt again(Deliveries.Doubt doubt) {
        if (isTaken(doubt)) {
            return taken(doubt);
        }
        if (doubt.row().targetKey().isNull()) {
            // Its values were erased in time, so that it cannot be repeated word for word.
            return asSaid(doubt, UNKNOWN);
        }
        PlannedWrite.Repeat first = LookUps.first(doubt);
        if (Repeats.over(first, run.target().dedupeWindow(), run.target().zombieWindow(), now)) {
            return asSaid(doubt, Repeats.REASON);
        }
        return new Doubt.Again(asSent(doubt), first, asSaid(doubt, UNKNOWN));
    }

    /** Whether the destination answered its repetition, and said no more than that a record has the key. */
    private static boolean isTaken(Deliveries.Doubt doubt) {
        return doubt.reason().equals(Outcome.Unknown.KEY_TAKEN);
    }

    /** What has the key is looked up; where that cannot be done, it is as somebody says. */
    private Doubt taken(Deliveries.Doubt doubt) {
        Doubt said = asSaid(doubt, UNKNOWN);
        if (doubt.word().isPresent()) {
            return said;
        }
        List<Deliveries.Doubt> taken =
                known().open().values().stream().filter(DoubtfulKeys::isTaken).toList();
        return lookUps.about(doubt, taken, asSent(doubt), said);
    }

    /** Mapped by another definition, nothing can be compared with it later: it stays a candidate. */
    private PlannedWrite asSent(Deliveries.Doubt doubt) {
        return doubt.definition().equals(run.mapping().fields().definition())
                ? doubt.row()
                : doubt.row().withoutHash();
    }

    /** What somebody said of it or of all goes before what the destination would say. */
    private Doubt appended(Deliveries.Doubt doubt) {
        Doubt said = asSaid(doubt, UNKNOWN);
        return said instanceof Doubt.Hold && doubt.word().isEmpty()
                ? lookUps.about(doubt, known().open().values(), asSent(doubt), said)
                : said;
    }

    /** By a person's word on this very doubt, else by what the mapping says of all. */
    private Doubt asSaid(Deliveries.@Nullable Doubt doubt, String reason) {
        Optional<Target.OnUnknown> word = Optional.ofNullable(doubt).flatMap(Deliveries.Doubt::word);
        if (doubt != null && doubt.row().kind() == PlannedWrite.Kind.REMOVE && isDropped(word)) {
            // A deletion that was lost is no insert that may have arrived, and only a look tells which of the two is to
            // be done.
            return new Doubt.Hold(reason);
        }
        return switch (word.orElse(run.mapping().target().onUnknown())) {
            case HOLD -> new Doubt.Hold(reason);
            case RESEND -> new Doubt.Latest();
            case DROP ->
                new Doubt.Drop(Optional.ofNullable(doubt)
                        .filter(LookUps::inserts)
                        .map(lost -> new Doubt.Drop.Lost(lost.row(), LookUps.first(lost))));
        };
    }

    private boolean isDropped(Optional<Target.OnUnknown> word) {
        return word.orElse(run.mapping().target().onUnknown()) == Target.OnUnknown.DROP;
    }

    private Known known() {
        Known known = this.known;
        if (known == null) {
            MappingId mapping = run.mapping().id();
            Map<RowKey, Deliveries.Doubt> open = new HashMap<>();
            Deliveries.Unended unended = ledger.unended(mapping);
            unended.doubts().forEach(doubt -> open.put(doubt.row().key(), doubt));
            known = new Known(open, unended.refuted());
            this.known = known;
        }
        return known;
    }

    /** What the ledger knows of keys whose end it does not know. */
    private record Known(Map<RowKey, Deliveries.Doubt> open, Set<RowKey> refuted) {}
}
