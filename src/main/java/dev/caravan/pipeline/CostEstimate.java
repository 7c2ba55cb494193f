package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import dev.caravan.destination.Action;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Quota;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.Tally;
import java.util.Optional;

/** What delivering a plan would take of the destination's allowance. */
final class CostEstimate {

    private final Mapping mapping;
    private final Destination destination;

    CostEstimate(Mapping mapping, Destination destination) {
        this.mapping = mapping;
        this.destination = destination;
    }

    PlanSummary.Cost of(Tally tally, Optional<Quota> quota) {
        long writes = tally.sendable(PlannedWrite.Kind.ADD) + tally.sendable(PlannedWrite.Kind.CHANGE);
        long removals = tally.sendable(PlannedWrite.Kind.REMOVE);
        boolean delete = mapping.target().onRemoved() == Target.OnRemoved.DELETE;
        long requests = requests(action(), writes) + requests(delete ? Action.DELETE : action(), removals);
        return new PlanSummary.Cost(
                requests,
                writes + removals == 0 ? "none" : jobs(writes + removals) ? "bulk job" : "batches",
                quota.map(Quota::used).orElse(-1L),
                quota.map(Quota::limit).orElse(-1L));
    }

    private long requests(Action action, long writes) {
        return writes == 0 ? 0 : destination.requestsFor(action, jobs(writes), writes);
    }

    private boolean jobs(long writes) {
        return switch (mapping.target().strategy()) {
            case BATCH -> false;
            case JOB -> true;
            case AUTO ->
                destination.spec().jobRows() > 0 && writes >= destination.spec().jobFrom();
        };
    }

    private Action action() {
        return Batches.actionOf(mapping.target().operation());
    }
}
