package dev.caravan.pipeline;

import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.run.RunState;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes over the rows of an approved plan, if what the plan stands on has not moved. If it has, the plan is superseded and
 * the route plans afresh; the fresh plan is held, since it is not what was approved.
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
        boolean destinationNeeded = approved.summary().planned() > 0;
        if (destinationNeeded) {
            run.target().verified();
        }
        ledger.decide(approved, true, approval.decision());
        Plan.Base base = PlanMaker.base(run);
        if (!base.equals(approved.base()) || cannotRekey(run, approved)) {
            ledger.move(run.lease(), approved, PlanState.SUPERSEDED);
            run.object(List.of(new Verdict.Held(
                    "base_moved",
                    "plan " + approved.hash().substring(0, 12)
                            + " was approved, but mapping, target, snapshot or connector moved since")));
            return;
        }
        Plan own = new Plan(
                approved.hash(),
                approved.mapping(),
                run.id(),
                base,
                approved.definition(),
                PlanState.OPEN,
                approved.summary(),
                approved.verdicts(),
                approved.created(),
                approved.expires());
        ledger.adopt(run.lease(), approved.run(), own);
        run.planned(own, own.verdicts(), RunState.RUNNING);
    }

    /** Whether records are to get other keys, though the connector, which is in no base, cannot do that any more. */
    private boolean cannotRekey(SyncRun run, Plan approved) {
        if (approved.summary().planned() == 0 || run.target().rekeys()) {
            return false;
        }
        String key = run.mapping().target().keyField();
        try (Stream<PlannedWrite> rows = ledger.rows(approved.run())) {
            return rows.anyMatch(row -> row.held().isEmpty()
                    && row.kind() != PlannedWrite.Kind.REMOVE
                    && row.fields().containsKey(key));
        }
    }
}
