package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.PlanSummary;

/** Cuts the plan's rows into batches, as they are asked for. */
public final class CutStep implements Step {

    private final Ledger ledger;

    /** A step on this ledger. */
    public CutStep(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void on(SyncRun run) {
        PlanSummary summary = run.plan().orElseThrow().summary();
        long rows = summary.planned() - summary.held();
        if (rows == 0) {
            return;
        }
        run.beat("deliver", 0, rows);
        long found = new FoundRows(run, ledger).record();
        Batches.Pages plan = (after, most) -> ledger.rows(run.id(), after, most).stream()
                .map(row -> row.cause().isRecorded() ? row.holdFor(FoundRows.DONE) : row)
                .toList();
        run.cut(
                new Batches(
                        plan,
                        run.mapping().target(),
                        run.target().capabilities(),
                        run.target().verified(),
                        run.mapping().fields().rules(),
                        row -> run.target().dedupeKey(run.id(), row)),
                rows - found);
    }
}
