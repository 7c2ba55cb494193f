package dev.caravan.app;

import dev.caravan.guard.Guards;
import dev.caravan.ledger.Fate;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.recovery.ClosedRun;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs as they are to be shown: one whose process died is not running, whatever the ledger says until the next run closes it. */
final class PastRuns {

    private static final String DIED = "its process ended before it did; the next run takes up what is left";

    private final Ledger ledger;
    private final Predicate<Run> live;

    /**
     * The runs of this ledger.
     *
     * @param live whether a run is going on in this process
     */
    PastRuns(Ledger ledger, Predicate<Run> live) {
        this.ledger = ledger;
        this.live = live;
    }

    List<Run> newest(Optional<MappingId> mapping, int limit) {
        return ledger.runs(mapping, limit).stream().map(this::asItStands).toList();
    }

    SyncReport report(long id) {
        Run run = ledger.run(id)
                .map(this::asItStands)
                .orElseThrow(() -> new InvalidInput(
                        Problem.of(Code.RUN_UNKNOWN, "there is no run " + id, "caravan runs lists them")));
        Optional<Plan> plan = ledger.planOfRun(id).or(() -> met(run));
        return Reports.of(run, plan, plan.flatMap(each -> fate(run, each)), ledger.rejections(id), heldBy(run));
    }

    /** Of a plan that waited, and of one that took such a one over: that has its word, too. */
    private Optional<Fate> fate(Run run, Plan plan) {
        if (run.state() == RunState.HELD) {
            return ledger.fate(plan);
        }
        return Guards.hold(plan.verdicts())
                ? ledger.fate(plan).map(fate -> new Fate(fate.end(), fate.decision(), Optional.of(run.id())))
                : Optional.empty();
    }

    /** By the reason, what it holds; of a plan that waits, all rows do for one reason, which its guards say. */
    Map<String, Long> heldBy(Run run) {
        return run.accounting().held() == 0 || run.state() == RunState.HELD ? Map.of() : ledger.heldBy(run.id());
    }

    /** The plan that waited when the run came. */
    private Optional<Plan> met(Run run) {
        return run.state() == RunState.HELD && run.plan() != null
                ? ledger.planUpTo(run.id(), run.plan())
                : Optional.empty();
    }

    private Run asItStands(Run run) {
        if (run.state() != RunState.RUNNING || live.test(run)) {
            return run;
        }
        // It may have ended since it was read.
        Run now = ledger.run(run.id()).orElse(run);
        return now.state() == RunState.RUNNING ? dead(now) : now;
    }

    /** Its figures are written at its end, which it did not see: they are those of its plan and its outcomes. */
    private Run dead(Run run) {
        return ClosedRun.of(
                run, ledger.planOfRun(run.id()), RunState.INTERRUPTED, null, ledger.account(run.id()), DIED);
    }
}
