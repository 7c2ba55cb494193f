package dev.caravan.app;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.recovery.SnapshotUpdate;
import dev.caravan.source.Engine;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Whether snapshots and ledger belong together (invariant I2): a snapshot may lag behind, which the next run makes good, and is never
 * ahead, which only a restored or swapped file explains. Changes nothing.
 */
final class SnapshotFindings {

    private final Engine engine;
    private final Deliveries ledger;

    SnapshotFindings(Engine engine, Deliveries ledger) {
        this.engine = engine;
        this.ledger = ledger;
    }

    Finding of(MappingId mapping) {
        String what = "snapshot of " + mapping;
        try {
            OptionalLong applied = engine.appliedSeq(mapping);
            return applied.isEmpty() ? none(what, mapping) : compared(what, mapping, applied.getAsLong());
        } catch (CaravanException failure) {
            Problem problem = failure.problems().getFirst();
            return problem.code() == Code.RUN_BUSY
                    ? new Finding(what, Level.OK, "busy: a run has it open; ask again when that has ended")
                    : new Finding(what, levelOf(problem), problem.oneLine());
        }
    }

    /** Without a snapshot the next run makes one of all outcomes, if they are there. */
    private Finding none(String what, MappingId mapping) {
        long left = left(mapping, 0);
        return new Finding(
                what,
                Level.OK,
                left == 0
                        ? "none yet, the next run is a first sync"
                        : "gone; the next run makes it again from " + left + " outcomes");
    }

    private static Level levelOf(Problem problem) {
        return problem.code() == Code.SNAPSHOT_LOST || problem.code() == Code.SNAPSHOT_DAMAGED
                ? Level.WRONG
                : Level.BROKEN;
    }

    private Finding compared(String what, MappingId mapping, long applied) {
        Optional<Problem> strange = SnapshotUpdate.strange(ledger, mapping, applied);
        if (strange.isPresent()) {
            return new Finding(what, Level.WRONG, strange.get().oneLine());
        }
        long left = left(mapping, applied);
        return new Finding(
                what,
                Level.OK,
                left == 0
                        ? "holds all that the ledger has"
                        : left + (left == 1 ? " outcome" : " outcomes")
                                + " to take up, by the next run or doctor --repair");
    }

    private long left(MappingId mapping, long applied) {
        try (Stream<Recorded> outcomes = ledger.outcomesAfter(mapping, applied)) {
            return outcomes.count();
        }
    }
}
