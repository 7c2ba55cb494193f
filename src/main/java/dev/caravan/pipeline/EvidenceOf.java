package dev.caravan.pipeline;

import dev.caravan.contract.CheckResult;
import dev.caravan.guard.Evidence;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.Tally;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gathers what guards may look at from what the steps before found. */
final class EvidenceOf {

    private static final int LOOK_BACK = 50;

    private final Ledger ledger;

    EvidenceOf(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param waited rows of it that were approved before, and are not judged again */
    Evidence run(SyncRun run, Tally waited, Instant now) {
        Tally tally = run.tally().without(waited);
        SnapshotState snapshot = run.session().snapshot();
        CheckResult check = run.check().orElseThrow();
        return new Evidence(
                run.mapping().contract(),
                check,
                snapshot.liveRows() == 0 && snapshot.target().isEmpty(),
                snapshot.liveRows(),
                lastGoodRows(run).or(snapshot::lastGoodRows),
                tally.unheld(PlannedWrite.Kind.ADD),
                tally.changes(Cause.MODEL) + tally.changes(Cause.REKEYED) + tally.changes(Cause.UNKNOWN),
                tally.changes(Cause.EDIT),
                tally.changes(Cause.BACKFILL),
                tally.changes(Cause.RENEWED),
                tally.overdue() + run.counts().due(),
                tally.unheld(PlannedWrite.Kind.REMOVE),
                run.counts().gone(),
                tally.cleared(),
                check.newest().map(newest -> Duration.between(newest, now)));
    }

    /** Rows of the newest run that was delivered; what only planned or failed says nothing about good data. */
    private Optional<Long> lastGoodRows(SyncRun run) {
        return ledger.runs(Optional.of(run.mapping().id()), LOOK_BACK).stream()
                .filter(past -> past.state() == RunState.DONE)
                .map(Run::rows)
                .findFirst();
    }
}
