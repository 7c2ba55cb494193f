package dev.caravan.pipeline;

import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlannedWrite;
import java.util.List;
import java.util.stream.Stream;

/** Looks whether an approved plan stands on what it was made for. If not, nothing of it is sent and a fresh plan is held. */
public final class BaseStep implements Step {

    private final Ledger ledger;

    /** A step on this ledger. */
    public BaseStep(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void on(SyncRun run) {
        Plan approved = run.order().approval().orElseThrow().plan();
        boolean destinationNeeded = approved.summary().planned() > 0;
        if (destinationNeeded) {
            run.target().verified();
        }
        if (!PlanMaker.base(run).equals(approved.base()) || cannotRekey(run, approved)) {
            run.object(List.of(new Verdict.Held(
                    "base_moved",
                    "plan " + approved.hash().substring(0, 12)
                            + " was approved, but mapping, target, snapshot or connector moved since")));
        }
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
