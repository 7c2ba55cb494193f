package dev.caravan.recovery;

import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Brings a snapshot up to the ledger. Applying twice changes nothing; a kill in the middle leaves the snapshot as it was. */
public final class SnapshotUpdate {

    private SnapshotUpdate() {}

    /**
     * Applies every outcome that the snapshot has not taken up.
     *
     * @return how many those were
     * @throws RunFailure ({@code ledger.damaged}) if the snapshot has taken up outcomes that the ledger never recorded
     */
    public static long apply(Deliveries ledger, EngineSession session, MappingId mapping) {
        long applied = session.snapshot().appliedSeq();
        strange(ledger, mapping, applied).ifPresent(problem -> {
            throw new RunFailure(problem);
        });
        AtomicLong count = new AtomicLong();
        try (Stream<Recorded> outcomes = ledger.outcomesAfter(mapping, applied)) {
            Iterator<Settlement> settlements = outcomes.map(Settlements::of)
                    .peek(settlement -> count.incrementAndGet())
                    .iterator();
            if (settlements.hasNext()) {
                session.apply(settlements);
            }
        }
        return count.get();
    }

    /**
     * Why a snapshot cannot belong to a ledger, such as one that was put back from an older copy: the last outcome it has taken up is
     * not there, or by now is another mapping's, since numbers are given again.
     */
    public static Optional<Problem> strange(Deliveries ledger, MappingId mapping, long applied) {
        long newest = ledger.lastSeq();
        if (applied > newest) {
            return Optional.of(strange(mapping, applied, "the ledger ends at number " + newest));
        }
        return ledger.mappingOf(applied)
                .filter(owner -> !owner.equals(mapping))
                .map(owner -> strange(mapping, applied, "in the ledger that is one of " + owner));
    }

    private static Problem strange(MappingId mapping, long applied, String but) {
        return Problem.of(
                Code.LEDGER_DAMAGED,
                "the snapshot of " + mapping + " holds outcomes up to number " + applied + ", but " + but
                        + ": they do not belong together, and nothing is sent",
                "stop the worker and put back the ledger that was beside this snapshot; if it is lost, caravan reset "
                        + mapping + " and approve a first sync");
    }
}
