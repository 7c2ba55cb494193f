package dev.caravan.recovery;

import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanSummary;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that did not see its own end, as others close it. Pure. */
public final class ClosedRun {

    private ClosedRun() {}

    /**
     * The run with the figures of its plan, if it came to one: those of its own are written at the end.
     *
     * @param at when it ended; null if nobody knows
     */
    public static Run of(
            Run run,
            Optional<Plan> plan,
            RunState state,
            @Nullable Instant at,
            Accounting books,
            @Nullable String error) {
        Optional<PlanSummary> summary = plan.map(Plan::summary);
        return new Run(
                run.id(),
                run.mapping(),
                run.epoch(),
                run.trigger(),
                state,
                run.started(),
                at,
                summary.map(PlanSummary::rows).orElse(run.rows()),
                summary.map(PlanSummary::invalid).orElse(run.invalid()),
                summary.map(PlanSummary::add).orElse(run.added()),
                summary.map(PlanSummary::change).orElse(run.changed()),
                summary.map(PlanSummary::remove).orElse(run.removed()),
                books,
                run.requests(),
                plan.map(Plan::hash).orElse(run.plan()),
                plan.map(Plan::verdicts).orElse(run.verdicts()),
                error);
    }
}
