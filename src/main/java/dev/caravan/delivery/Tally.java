package dev.caravan.delivery;

import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Deliveries.RowOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last word on each row of one delivery, over its rounds, and the first reason to send no further batch. One thread. */
final class Tally {

    private final Map<Long, End> ends = new HashMap<>();
    private Optional<Halt> halt = Optional.empty();
    private int requests;

    private enum End {
        ACCEPTED,
        REJECTED,
        DEFERRED,
        UNKNOWN,
        OPEN
    }

    void add(Round round, int more) {
        requests += more;
        for (RowOutcome row : round.rowOutcomes()) {
            ends.put(row.ordinal(), end(row.outcome()));
        }
    }

    /** Whether a row was sent, or would have been but for what held it back. */
    boolean knows(long ordinal) {
        return ends.containsKey(ordinal);
    }

    void held(List<Long> ordinals) {
        ordinals.forEach(ordinal -> ends.put(ordinal, End.DEFERRED));
    }

    void leftOpen(Batch batch, int more) {
        requests += more;
        for (Write write : batch.writes()) {
            ends.put(write.ordinal(), End.OPEN);
        }
    }

    private static End end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted done -> End.ACCEPTED;
            case Outcome.Unchanged same -> End.ACCEPTED;
            case Outcome.Rejected no -> End.REJECTED;
            case Outcome.Deferred later -> End.DEFERRED;
            case Outcome.Unknown unknown -> End.UNKNOWN;
        };
    }

    /** Only the first counts: what a later round meets says nothing against it. */
    void halt(Optional<Halt> why) {
        halt = halt.or(() -> why);
    }

    DeliveryReport report() {
        return new DeliveryReport(
                count(End.ACCEPTED),
                count(End.REJECTED),
                count(End.DEFERRED),
                count(End.UNKNOWN),
                count(End.OPEN),
                requests,
                halt);
    }

    private int count(End end) {
        return (int) ends.values().stream().filter(end::equals).count();
    }
}
