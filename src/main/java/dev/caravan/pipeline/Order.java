package dev.caravan.pipeline;

import dev.caravan.mapping.Mapping;
import dev.caravan.plan.Plan;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of a run.
 *
 * @param fire the scheduled fire it answers, if a schedule started it
 * @param approved the plan to deliver, for an approval
 */
public record Order(
        Mapping mapping,
        Mode mode,
        Trigger trigger,
        Optional<Instant> fire,
        Optional<Plan> approved,
        Heartbeat heartbeat) {}
