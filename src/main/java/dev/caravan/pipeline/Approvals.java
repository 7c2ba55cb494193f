package dev.caravan.pipeline;

import dev.caravan.guard.Guards;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries an approval over to the rest of a delivery that was cut off: what a person allowed, or no guard minded, is not
 * asked for a second time merely because a process died. Only for rows that are still exactly those of the earlier plan.
 */
final class Approvals {

    private static final int LOOK_BACK = 50;

    /** Guards that mind how much is written. Those that mind what was read are asked anew each time. */
    private static final Set<String> OF_VOLUME =
            Set.of("max_first_sync", "max_changed", "max_removed", "max_cleared", "key_churn", "backfill");

    private final Ledger ledger;

    Approvals(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Verdict> carryOver(SyncRun run, List<Verdict> verdicts) {
        if (!Guards.hold(verdicts) || run.tally().planned() == 0) {
            return verdicts;
        }
        // An edit is not what was allowed.
        Optional<Plan> cutOff = cutOff(run).filter(plan -> PlanMaker.sameWay(plan.base(), PlanMaker.base(run)));
        if (cutOff.isEmpty() || !ledger.coveredBy(run.id(), cutOff.get().run())) {
            return verdicts;
        }
        String since = "; the rest of plan " + cutOff.get().hash().substring(0, 12) + ", which was allowed";
        return verdicts.stream()
                .<Verdict>map(verdict -> switch (verdict) {
                    case Verdict.Held held
                    when OF_VOLUME.contains(held.guard()) -> new Verdict.Allowed(held.guard(), held.detail() + since);
                    case Verdict.Held held -> held;
                    case Verdict.Allowed allowed -> allowed;
                    case Verdict.Dropped dropped -> dropped;
                })
                .toList();
    }

    /** The plan that the mapping's last run with a plan was allowed to send and did not finish. */
    private Optional<Plan> cutOff(SyncRun run) {
        List<Run> runs = ledger.runs(Optional.of(run.mapping().id()), LOOK_BACK);
        for (Run past : runs) {
            if (past.id() == run.id()) {
                continue;
            }
            Optional<Plan> plan = ledger.planOfRun(past.id());
            if (plan.isPresent() || !endedEarly(past)) {
                return plan.filter(found -> unfinished(past, found));
            }
        }
        return Optional.empty();
    }

    /** A run that was cut off itself before it had a plan, as in its recovery, takes nothing from what was allowed before. */
    private static boolean endedEarly(Run past) {
        return switch (past.state()) {
            case INTERRUPTED, FAILED -> true;
            case HELD, RUNNING, DONE -> false;
        };
    }

    private static boolean unfinished(Run past, Plan plan) {
        return switch (past.state()) {
            case INTERRUPTED, FAILED -> plan.state() == PlanState.OPEN || plan.state() == PlanState.SUPERSEDED;
            case HELD -> plan.state() == PlanState.OPEN;
            case RUNNING, DONE -> false;
        };
    }
}
