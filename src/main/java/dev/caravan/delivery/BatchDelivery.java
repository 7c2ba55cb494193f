package dev.caravan.delivery;

import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.link.Patience;
import dev.caravan.delivery.link.Sender;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Destination;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.ledger.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Delivers one batch durably. Invariant I3: the intent is on disk before the first request, the outcomes follow the last in one
 * transaction. Rows that were certainly not applied get up to two more rounds, and so do unknown ones of classes A and C, each
 * round with an intent of its own and those rows alone; what is still not applied then stays deferred, or unknown, and comes back
 * in a later run. Thread-safe.
 */
public final class BatchDelivery {

    private static final int ROUNDS = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final Deliveries ledger;
    private final Connection connection;
    private final Time time;
    private final RandomGenerator random;
    private final ConversationDriver driver;

    public BatchDelivery(Deliveries ledger, Connection connection, Time time, RandomGenerator random) {
        this.ledger = ledger;
        this.connection = connection;
        this.time = time;
        this.random = random;
        this.driver = new ConversationDriver(time.sleeper());
    }

    /**
     * Delivers a batch. Returns when every row of it has an outcome in the ledger, or when a stop left it open.
     *
     * @param sender the run's
     * @throws dev.caravan.problem.CaravanException.RunFailure if the lease is no longer ours
     */
    public DeliveryReport deliver(Lease lease, long run, Batch batch, Sender sender, StopSignal stop) {
        Tally tally = new Tally();
        Optional<String> stopped = stop.reason();
        if (stopped.isPresent()) {
            return tally.report(Optional.of(new Halt(stopped.get(), "")));
        }
        Batch left = batch;
        Map<Long, Outcome.Unknown> doubts = Map.of();
        for (int number = 1; ; number++) {
            switch (round(lease, run, number, left, doubts, sender, stop)) {
                case Driven.LeftOpen<Round> open -> {
                    tally.leftOpen(left, open.requests());
                    return tally.report(Optional.of(new Halt(open.reason(), "")));
                }
                case Driven.Finished<Round> finished -> {
                    Round round = finished.result();
                    tally.add(round, finished.requests());
                    List<Write> again =
                            number < ROUNDS ? round.again(time.clock().instant()) : List.of();
                    if (again.isEmpty()) {
                        return tally.report(round.halt());
                    }
                    stopped = waited(round, stop);
                    if (stopped.isPresent()) {
                        return tally.report(Optional.of(new Halt(stopped.get(), "")));
                    }
                    left = only(again, batch);
                    doubts = round.inDoubt();
                    if (!doubts.isEmpty()) {
                        connection.repeats();
                    }
                }
            }
        }
    }

    /** One intent, one conversation, one set of outcomes. */
    private Driven<Round> round(
            Lease lease,
            long run,
            int number,
            Batch batch,
            Map<Long, Outcome.Unknown> doubts,
            Sender sender,
            StopSignal stop) {
        Destination destination = connection.destination();
        IdempotencyClass idempotency = destination.idempotency(batch);
        List<Long> ordinals = batch.writes().stream().map(Write::ordinal).toList();
        long id = ledger.begin(lease, run, new Intent(batch.action(), batch.job(), idempotency, ordinals));
        Asked asked = new Asked(sender, destination, time.clock());
        Driven<List<Outcome>> driven =
                driver.drive(destination.deliver(batch), asked, stop, false, job -> ledger.remember(lease, id, job));
        return switch (driven) {
            case Driven.LeftOpen<List<Outcome>> open -> new Driven.LeftOpen<>(open.reason(), open.requests());
            case Driven.Finished<List<Outcome>> finished -> {
                Round round = Round.of(number, batch, idempotency, finished.result(), asked.until(), doubts);
                ledger.complete(lease, id, round.rowOutcomes());
                yield new Driven.Finished<>(round, finished.requests());
            }
        };
    }

    /** Waits as long as was asked, and a jittered while that grows from round to round; says what ended the wait early. */
    private Optional<String> waited(Round round, StopSignal stop) {
        long jitter = random.nextLong(FIRST_WAIT.toMillis() * round.number() + 1);
        Duration wait = round.wait(time.clock().instant()).plusMillis(jitter);
        return new Patience(time.sleeper()).await(wait, stop);
    }

    private static Batch only(List<Write> writes, Batch batch) {
        return new Batch(batch.action(), batch.job(), batch.object(), batch.keyField(), batch.schema(), writes);
    }
}
