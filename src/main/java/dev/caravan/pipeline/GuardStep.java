package dev.caravan.pipeline;

import dev.caravan.guard.Guards;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.Tally;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Step 8: every guard judges the run; the plan becomes durable, and is held if any of them says so. */
public final class GuardStep implements Step {

    private final Ledger ledger;
    private final InstantSource clock;
    private final FieldDrops drops;
    private final Approvals approvals;
    private final PlanMaker maker;
    private final EvidenceOf evidence;
    private final WaitedRows waited;

    /** A step on this ledger. */
    public GuardStep(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.drops = new FieldDrops(ledger);
        this.approvals = new Approvals(ledger);
        this.maker = new PlanMaker(ledger);
        this.evidence = new EvidenceOf(ledger);
        this.waited = new WaitedRows(ledger);
    }

    @Override
    public void on(SyncRun run) {
        run.beat("guard", 0, -1);
        Instant now = clock.instant();
        List<Verdict> verdicts = judge(run, now);
        drops.apply(run, verdicts);
        Plan plan = maker.make(run, approvals.carryOver(run, with(verdicts, run.objections())), now);
        if (run.order().mode() == Mode.PREVIEW) {
            ledger.dropRows(run.lease(), run.id());
            run.planned(plan, plan.verdicts(), stateOf(plan));
            return;
        }
        ledger.expire(now);
        Optional<Plan> waiting = ledger.heldPlan(run.mapping().id())
                .filter(held -> (plan.state() == PlanState.HELD || run.order().trigger() != Trigger.COMMAND)
                        && held.summary().sent() > 0
                        && stands(held.base(), plan.base()));
        if (waiting.isPresent()) {
            keep(run, waiting.get(), plan);
        } else {
            ledger.seal(run.lease(), plan);
            run.planned(plan, plan.verdicts(), stateOf(plan));
        }
    }

    /** Rows that were approved before, and waited for a lost request since, are judged no second time. */
    private List<Verdict> judge(SyncRun run, Instant now) {
        Guards guards = Guards.of(run.mapping().guardrails());
        List<Verdict> verdicts = guards.judge(evidence.run(run, new Tally(Set.of()), now));
        Optional<WaitedRows.Approved> approved = Guards.hold(verdicts) ? waited.of(run) : Optional.empty();
        return approved.map(before -> with(
                        guards.judge(evidence.run(run, before.rows(), now)),
                        List.of(new Verdict.Allowed(
                                "approved",
                                String.format(
                                        Locale.ROOT,
                                        "%,d rows were approved with plan %s and waited for the zombie_window",
                                        before.rows().planned(),
                                        before.plan().hash().substring(0, 12))))))
                .orElse(verdicts);
    }

    /** Whether a base is still what it was. A run that had nothing to write asked no target, which says nothing against it. */
    private static boolean stands(Plan.Base held, Plan.Base now) {
        return held.mappingVersion().equals(now.mappingVersion())
                && held.generation() == now.generation()
                && (now.target().isEmpty() || held.target().equals(now.target()));
    }

    /** A plan that waits for a person is not replaced under their eyes: the run only says what a new one would hold. Whoever asks for a run that no guard minds replaces it. */
    private void keep(SyncRun run, Plan waiting, Plan fresh) {
        ledger.dropRows(run.lease(), run.id());
        PlanSummary now = fresh.summary();
        String word = fresh.hash().equals(waiting.hash())
                ? "unchanged"
                : sameFigures(now, waiting.summary())
                        ? "a new plan would hold other rows or values, as many"
                        : "a new plan would hold";
        String detail = String.format(
                Locale.ROOT,
                "waits for approval since %s; %s: %,d adds, %,d changes, %,d removals",
                waiting.created().truncatedTo(ChronoUnit.SECONDS),
                word,
                now.add(),
                now.change(),
                now.remove());
        run.found(now);
        run.planned(waiting, with(waiting.verdicts(), List.of(new Verdict.Held("held_plan", detail))), RunState.HELD);
    }

    private static boolean sameFigures(PlanSummary one, PlanSummary other) {
        return one.add() == other.add() && one.change() == other.change() && one.remove() == other.remove();
    }

    private static RunState stateOf(Plan plan) {
        return plan.state() == PlanState.HELD ? RunState.HELD : RunState.RUNNING;
    }

    private static List<Verdict> with(List<Verdict> verdicts, List<Verdict> more) {
        List<Verdict> all = new ArrayList<>(verdicts);
        all.addAll(more);
        return all;
    }
}
