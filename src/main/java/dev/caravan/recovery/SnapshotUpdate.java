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
        long newest = ledger.lastSeq();
        if (applied > newest) {
            throw new RunFailure(Problem.of(
                    Code.LEDGER_DAMAGED,
                    "the snapshot of " + mapping + " holds outcomes up to number " + applied
                            + ", but the ledger ends at number " + newest + ": they do not belong together",
                    "put back the ledger that was beside this snapshot, or reset the mapping"));
        }
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
}
