package dev.caravan.pipeline;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.Mapping;
import dev.caravan.plan.Plan;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of a run.
 *
 * @param fire the scheduled fire it answers, if a schedule started it
 * @param approval the plan to deliver and who approved it, for an approval
 */
public record Order(
        Mapping mapping,
        Mode mode,
        Trigger trigger,
        Optional<Instant> fire,
        Optional<Approval> approval,
        Heartbeat heartbeat) {

    /** A person's word on a held plan; recorded by the run that delivers it, so that one which cannot start leaves the plan held. */
    public record Approval(Plan plan, Decision decision) {}
}
