package dev.caravan.app;

import dev.caravan.ledger.Pause;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a mapping stands.
 *
 * @param key the columns of the model by which its rows are asked for
 * @param last its newest run
 * @param held the plan that waits for approval
 * @param paused the pauses that stop it, the widest first
 * @param standing rejections that stand
 * @param unresolved keys with a request whose end nobody knows
 * @param unsettled what its runs left open
 * @param next the next scheduled fire; empty without a schedule or a running worker
 * @param unscheduled why it does not fire as its file asks for
 * @param broken what is wrong with its file, if its last good version is in use
 */
public record MappingStatus(
        MappingId mapping,
        String description,
        String owner,
        String target,
        List<String> key,
        String schedule,
        Optional<Run> last,
        Optional<Plan> held,
        List<Pause> paused,
        long standing,
        long unresolved,
        Unsettled unsettled,
        Optional<Instant> next,
        Optional<String> unscheduled,
        Optional<String> broken) {}
