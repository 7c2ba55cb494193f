package dev.caravan.pipeline;

import dev.caravan.destination.Action;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records the plan rows whose records were found, and those that somebody takes as arrived, and sends nothing for them. Their outcome says
 * that the destination has it so, not that we made it (invariant I7), and puts an end to the doubt: whatever is said of inserts in doubt
 * later, and whatever becomes of the snapshot. Where a process dies over it they are recorded or in doubt, as they
 * were.
 */
final class FoundRows {

    /** Why they are passed over when the plan is cut into batches. */
    static final String DONE = "found";

    /** Why a row that was to be dropped is held: the next run goes by what was said of it since. */
    private static final String SAID_ANEW = "said_anew";

    private static final int PAGE = 1_000;

    private final SyncRun run;
    private final Ledger ledger;
    private @Nullable Map<RowKey, OnUnknown> words;

    FoundRows(SyncRun run, Ledger ledger) {
        this.run = run;
        this.ledger = ledger;
    }

    /** How many there were. */
    long record() {
        boolean possible = run.mapping().target().operation().isOnce()
                && run.session().snapshot().dirtyRows() > 0;
        return possible ? recordAll() : 0;
    }

    private long recordAll() {
        Set<Long> pending = new HashSet<>(ledger.pending(run.id()));
        long found = 0;
        long after = -1;
        for (List<PlannedWrite> page = ledger.rows(run.id(), after, PAGE);
                !page.isEmpty();
                page = ledger.rows(run.id(), after, PAGE)) {
            List<RowOutcome> outcomes = new ArrayList<>();
            List<Long> saidAnew = new ArrayList<>();
            for (PlannedWrite row : page) {
                if (!row.cause().isRecorded() || !pending.contains(row.ordinal())) {
                    continue;
                }
                if (row.cause() == Cause.DROPPED && isSaidAnew(row)) {
                    saidAnew.add(row.ordinal());
                } else {
                    outcomes.add(new RowOutcome(row.ordinal(), new Outcome.Unchanged(row.remoteId())));
                }
            }
            record(outcomes);
            if (!saidAnew.isEmpty()) {
                ledger.hold(run.lease(), run.id(), SAID_ANEW, saidAnew);
            }
            found += outcomes.size();
            after = page.getLast().ordinal();
        }
        return found;
    }

    /** The plan may have waited for approval, and somebody may have said something else of the row meanwhile: that goes before. */
    private boolean isSaidAnew(PlannedWrite row) {
        Map<RowKey, OnUnknown> words = this.words;
        if (words == null) {
            words = new HashMap<>();
            for (Deliveries.Doubt doubt : ledger.doubts(run.mapping().id())) {
                words.put(doubt.row().key(), doubt.word().orElse(OnUnknown.DROP));
            }
            this.words = words;
        }
        return words.getOrDefault(row.key(), OnUnknown.DROP) != OnUnknown.DROP;
    }

    private void record(List<RowOutcome> outcomes) {
        if (!outcomes.isEmpty()) {
            List<Long> ordinals = outcomes.stream().map(RowOutcome::ordinal).toList();
            Intent intent = new Intent(Action.INSERT, false, IdempotencyClass.E, ordinals);
            ledger.found(run.lease(), run.id(), intent, outcomes);
        }
    }
}
