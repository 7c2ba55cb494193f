package dev.caravan.pipeline;

import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.run.RunState;
import java.util.List;
import java.util.Locale;

/**
 * Takes over the rows of an approved plan, if what the plan stands on has not moved and the model would still have the same keys
 * removed. Else the plan is superseded, and the fresh one is held, since it is not what was approved.
 */
public final class ApproveStep implements Step {

    private final Ledger ledger;

    /** A step on this ledger. */
    public ApproveStep(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void on(SyncRun run) {
        Order.Approval approval = run.order().approval().orElseThrow();
        Plan approved = approval.plan();
        if (!run.isBaseMoved() && run.isDraftWanted()) {
            confirm(run, approved);
        }
        // One transaction: whoever finds the plan after a death here must not take it for one that may be sent.
        ledger.decide(approved, run.isBaseMoved() ? Ruling.OVERTAKEN : Ruling.APPROVED, approval.decision());
        if (run.isBaseMoved()) {
            return;
        }
        Plan own = new Plan(
                approved.hash(),
                approved.mapping(),
                run.id(),
                approved.base(),
                approved.definition(),
                PlanState.OPEN,
                approved.summary(),
                approved.verdicts(),
                approved.created(),
                approved.expires());
        ledger.dropRows(run.lease(), run.id());
        ledger.adopt(run.lease(), approved.run(), own);
        run.planned(own, own.verdicts(), RunState.RUNNING);
    }

    /** Whoever is in the model again is not removed, whatever it said when the plan was made. */
    private void confirm(SyncRun run, Plan approved) {
        long back = ledger.removalsBack(run.id(), approved.run());
        if (back > 0) {
            run.object(List.of(new Verdict.Held(
                    "removals_back",
                    String.format(
                            Locale.ROOT,
                            "plan %s was approved, but would remove %,d rows that the model, as it is now, does not say to remove",
                            approved.hash().substring(0, 12),
                            back))));
        }
    }
}
