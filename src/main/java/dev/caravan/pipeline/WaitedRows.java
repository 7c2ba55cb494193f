package dev.caravan.pipeline;

import dev.caravan.guard.Guards;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.LostWrites;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.Planned;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.Tally;
import dev.caravan.row.RowKey;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a run that a person approved already, and that were not sent only because an older request might still land. They
 * wait for a time and for nobody. Only where every plan since then has the same row: what went and came back is asked for again.
 */
final class WaitedRows {

    private static final int LOOK_BACK = 50;

    private final Ledger ledger;

    WaitedRows(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The approved plan, and those of its rows that a run would send now, counted. */
    record Approved(Plan plan, Tally rows) {}

    Optional<Approved> of(SyncRun run) {
        List<Long> since = new ArrayList<>();
        for (Run past : ledger.runs(Optional.of(run.mapping().id()), LOOK_BACK)) {
            Plan plan =
                    past.id() == run.id() ? null : ledger.planOfRun(past.id()).orElse(null);
            if (plan == null) {
                continue;
            }
            if (plan.state() == PlanState.REJECTED || !PlanMaker.sameWay(plan.base(), PlanMaker.base(run))) {
                return Optional.empty();
            }
            if (isApproved(past, plan)) {
                return counted(run, plan, since);
            }
            since.add(past.id());
        }
        return Optional.empty();
    }

    /** A run that failed before it was told that it is held was held all the same. */
    private static boolean isApproved(Run past, Plan plan) {
        return past.trigger() == Trigger.APPROVAL
                && past.state() != RunState.HELD
                && plan.state() != PlanState.HELD
                && Guards.hold(plan.verdicts());
    }

    private Optional<Approved> counted(SyncRun run, Plan approved, List<Long> since) {
        Map<RowKey, Same> waited = new HashMap<>();
        each(approved.run(), row -> {
            if (row.held().equals(Optional.of(LostWrites.REASON)) && Same.isKnown(row)) {
                waited.put(row.key(), Same.of(row));
            }
        });
        for (long plan : since) {
            Map<RowKey, Same> still = new HashMap<>();
            if (!waited.isEmpty()) {
                each(plan, row -> {
                    if (Same.of(row).equals(waited.get(row.key()))) {
                        still.put(row.key(), Same.of(row));
                    }
                });
            }
            waited.keySet().retainAll(still.keySet());
        }
        if (waited.isEmpty()) {
            return Optional.empty();
        }
        Tally rows = new Tally(Set.of());
        each(run.id(), row -> {
            if (row.held().isEmpty() && Same.of(row).equals(waited.get(row.key()))) {
                rows.count(new Planned.Row(row));
            }
        });
        return rows.planned() == 0 ? Optional.empty() : Optional.of(new Approved(approved, rows));
    }

    private void each(long run, Consumer<PlannedWrite> action) {
        try (Stream<PlannedWrite> rows = ledger.rows(run)) {
            for (Iterator<PlannedWrite> each = rows.iterator(); each.hasNext(); ) {
                action.accept(each.next());
            }
        }
    }

    /** By what a row is the same as another of its key. An add comes back as a change where its answer was lost. */
    private record Same(boolean removal, @Nullable Long hash) {

        static Same of(PlannedWrite row) {
            return new Same(row.kind() == PlannedWrite.Kind.REMOVE, row.rowHash());
        }

        static boolean isKnown(PlannedWrite row) {
            return row.rowHash() != null || row.kind() == PlannedWrite.Kind.REMOVE;
        }
    }
}
