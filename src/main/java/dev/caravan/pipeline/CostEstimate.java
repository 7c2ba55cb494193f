package dev.caravan.pipeline;

import dev.caravan.destination.Action;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Quota;
import dev.caravan.mapping.Mapping;
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
        Capabilities can = destination.capabilities(mapping.target().object());
        Action saving = can.saving(mapping.target().operation());
        Action removing = can.removing(mapping.target(), true).orElse(saving);
        long requests = requests(can, saving, writes) + requests(can, removing, removals);
        return new PlanSummary.Cost(
                requests,
                writes + removals == 0 ? "none" : jobs(can, saving, writes + removals) ? "bulk job" : "batches",
                quota.filter(Quota::counted).map(Quota::used).orElse(-1L),
                quota.filter(Quota::counted).map(Quota::limit).orElse(-1L));
    }

    private long requests(Capabilities can, Action action, long writes) {
        return writes == 0 ? 0 : destination.requestsFor(action, jobs(can, action, writes), writes);
    }

    private boolean jobs(Capabilities can, Action action, long writes) {
        return switch (mapping.target().strategy()) {
            case BATCH -> false;
            case JOB -> true;
            case AUTO ->
                can.of(action).jobRows() > 0 && writes >= can.of(action).jobFrom();
        };
    }
}
