package dev.caravan.pipeline;

import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanSummary;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the end of a run into the ledger. */
final class Books {

    private final Ledger ledger;
    private final InstantSource clock;
    private final RunListener listener;

    Books(Ledger ledger, InstantSource clock, RunListener listener) {
        this.ledger = ledger;
        this.clock = clock;
        this.listener = listener;
    }

    void close(SyncRun run, RunState state, Accounting accounting) {
        close(run, state, accounting, run.halted().map(Halts::oneLine).orElse(null));
    }

    void close(SyncRun run, RunState state, Accounting accounting, @Nullable String error) {
        Instant end = clock.instant();
        Run closed = entry(run, state, accounting, end, error);
        ledger.record(run.lease(), closed);
        run.ended(state, accounting, Duration.between(run.started(), end));
        if (run.order().mode() != Mode.PREVIEW) {
            listener.ended(closed);
        }
    }

    /** Ends the run for those who wait for it, and leaves it open in the ledger to whoever comes next. */
    void leave(SyncRun run, Accounting accounting) {
        ledger.leave(run.lease(), run.id());
        run.ended(RunState.INTERRUPTED, accounting, Duration.between(run.started(), clock.instant()));
    }

    void mismatch(SyncRun run) {
        listener.mismatch(entry(run, RunState.FAILED, Accounting.NONE, clock.instant(), null));
    }

    private static Run entry(SyncRun run, RunState state, Accounting accounting, Instant end, @Nullable String error) {
        Optional<PlanSummary> summary = run.summary();
        return new Run(
                run.id(),
                run.mapping().id(),
                run.lease().epoch(),
                run.order().trigger(),
                state,
                run.started(),
                end,
                summary.map(PlanSummary::rows)
                        .orElseGet(() -> run.check().map(c -> c.rows()).orElse(0L)),
                summary.map(PlanSummary::invalid).orElse(run.invalid()),
                summary.map(PlanSummary::add).orElse(0L),
                summary.map(PlanSummary::change).orElse(0L),
                summary.map(PlanSummary::remove).orElse(0L),
                accounting,
                run.requests(),
                run.plan().map(Plan::hash).orElse(null),
                run.verdicts(),
                error);
    }
}
