package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import dev.caravan.destination.DestinationSpec;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlannedWrite;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Cuts the plan's rows into batches, as they are asked for. */
public final class CutStep implements Step {

    private static final int PAGE = 1_000;

    private final Ledger ledger;
    private final InstantSource clock;

    /** A step on this ledger. */
    public CutStep(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public void on(SyncRun run) {
        PlanSummary summary = run.plan().orElseThrow().summary();
        long rows = summary.planned() - summary.held();
        if (rows == 0) {
            return;
        }
        run.beat("deliver", 0, rows);
        DestinationSpec spec = run.target().spec();
        Instant now = clock.instant();
        long found = new FoundRows(run, ledger).record();
        Batches.Pages plan = (after, most) -> ledger.rows(run.id(), after, most).stream()
                .map(row -> row.cause() == Cause.FOUND ? row.holdFor(FoundRows.DONE) : inTime(row, spec, now))
                .toList();
        long late = spec.dedupeWindow().isPresent() ? holdLate(run, plan) : 0;
        run.cut(
                new Batches(
                        plan,
                        run.mapping().target(),
                        spec,
                        run.target().verified(),
                        row -> run.target().dedupeKey(run.id(), row)),
                rows - late - found);
    }

    /** A plan may wait for a person longer than the destination remembers what it has seen. */
    private static PlannedWrite inTime(PlannedWrite row, DestinationSpec spec, Instant now) {
        boolean late = row.held().isEmpty()
                && row.repeats().filter(first -> Repeats.over(first, spec, now)).isPresent();
        return late ? row.holdFor(Repeats.REASON) : row;
    }

    private long holdLate(SyncRun run, Batches.Pages plan) {
        List<Long> late = new ArrayList<>();
        long after = -1;
        for (List<PlannedWrite> page = plan.after(after, PAGE); !page.isEmpty(); page = plan.after(after, PAGE)) {
            page.stream()
                    .filter(row -> row.held().filter(Repeats.REASON::equals).isPresent())
                    .forEach(row -> late.add(row.ordinal()));
            after = page.getLast().ordinal();
        }
        List<Long> pending = late.isEmpty() ? List.of() : ledger.pending(run.id());
        late.retainAll(pending);
        if (!late.isEmpty()) {
            ledger.hold(run.lease(), run.id(), Repeats.REASON, late);
        }
        return late.size();
    }
}
