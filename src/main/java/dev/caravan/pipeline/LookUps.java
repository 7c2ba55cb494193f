package dev.caravan.pipeline;

import dev.caravan.destination.Trace;
import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.plan.Doubts;
import dev.caravan.plan.LostWrites;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.plan.PlannedWrite.Repeat;
import dev.caravan.row.RowKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks inserts in doubt up at the destination, all of a run at once, when the first of them is asked about. One that may still land is
 * not looked up: what is not there yet may come (invariant I8). One thread.
 */
final class LookUps {

    private final SyncRun run;
    private final ZombieWindow window;
    private @Nullable Told told;

    LookUps(SyncRun run, ZombieWindow window) {
        this.run = run;
        this.window = window;
    }

    /**
     * What came of it.
     *
     * @param able whether the destination can tell at all
     */
    private record Told(boolean able, Map<RowKey, Trace> traces) {}

    /**
     * What may be done about a row.
     *
     * @param open all rows in doubt of which nobody has said anything
     * @param asked the row as it is to be recorded if it arrived
     * @param otherwise where it is not to be found out
     */
    Doubts.Doubt about(Doubt doubt, Collection<Doubt> open, PlannedWrite asked, Doubts.Doubt otherwise) {
        if (!inserts(doubt)) {
            return otherwise;
        }
        Told known = told(open);
        Trace trace = known.traces().get(doubt.row().key());
        if (trace == null) {
            return known.able() ? new Doubts.Doubt.Hold(LostWrites.REASON) : otherwise;
        }
        return switch (trace) {
            case Trace.Arrived arrived -> new Doubts.Doubt.Found(asked, first(doubt), arrived.remoteId());
            case Trace.Absent absent -> new Doubts.Doubt.Absent();
            case Trace.Unsure unsure -> new Doubts.Doubt.Hold(unsure.reason());
        };
    }

    /** The first of the requests for the same effect. */
    static Repeat first(Doubt doubt) {
        return doubt.row()
                .repeats()
                .orElseGet(() -> new Repeat(doubt.run(), doubt.row().ordinal(), doubt.begun()));
    }

    /** Whether it is an insert whose values are still there. */
    static boolean inserts(Doubt doubt) {
        return doubt.row().kind() != Kind.REMOVE && !doubt.row().targetKey().isNull();
    }

    private Told told(Collection<Doubt> open) {
        Told known = told;
        if (known == null) {
            List<Doubt> asked = open.stream()
                    .filter(doubt -> doubt.word().isEmpty() && inserts(doubt) && !window.mayLand(doubt.row()))
                    .toList();
            known = ask(asked);
            told = known;
        }
        return known;
    }

    private Told ask(List<Doubt> asked) {
        Optional<List<Trace>> traces = run.target()
                .traces(
                        asked.stream().map(Doubt::row).toList(),
                        asked.stream().map(doubt -> first(doubt).begun()).toList());
        Map<RowKey, Trace> byKey = new HashMap<>();
        for (int i = 0; i < traces.map(List::size).orElse(0); i++) {
            byKey.put(asked.get(i).row().key(), traces.get().get(i));
        }
        return new Told(traces.isPresent(), byKey);
    }
}
