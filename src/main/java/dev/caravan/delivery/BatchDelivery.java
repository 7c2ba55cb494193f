package dev.caravan.delivery;

import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.link.Deadline;
import dev.caravan.delivery.link.Patience;
import dev.caravan.delivery.link.Senders;
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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Delivers one batch durably. Invariant I3: the intent is on disk before the first request, the outcomes follow the last in one
 * transaction. Rows that were certainly not applied get up to two more rounds, and so do unknown ones of classes A, B and C, each
 * round with an intent of its own and those rows alone; what is still not applied then stays deferred, or unknown, and comes back
 * in a later run. {@link Division} says which. Thread-safe.
 */
public final class BatchDelivery {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    /** After the intent; the rest is for what a transport does between its last look and the first byte, a log-in for example. */
    private static final Duration LATEST = Deliveries.LONGEST_SENDING.minusMinutes(10);

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
     * @param senders the run's
     * @throws dev.caravan.problem.CaravanException.RunFailure if the lease is no longer ours
     */
    public DeliveryReport deliver(Lease lease, long run, Batch batch, Senders senders, StopSignal stop) {
        return deliver(lease, run, batch, senders, stop, wait -> {});
    }

    /**
     * The same.
     *
     * @param waits told before each wait for an answer that is asked for again and again
     */
    public DeliveryReport deliver(
            Lease lease, long run, Batch batch, Senders senders, StopSignal stop, Consumer<Duration> waits) {
        Tally tally = new Tally();
        Optional<String> stopped = stop.reason();
        Division division = new Division();
        Deque<Part> parts =
                new ArrayDeque<>(List.of(Part.whole(batch, time.clock().instant())));
        while (!parts.isEmpty()) {
            if (stopped.isPresent()) {
                tally.halt(stopped.map(reason -> new Halt(reason, "")));
                return tally.report();
            }
            Part part = inTime(lease, run, parts.removeFirst(), tally);
            if (part.batch().writes().isEmpty()) {
                continue;
            }
            switch (round(lease, run, part, senders, stop, waits)) {
                case Driven.LeftOpen<Sent> open -> {
                    tally.leftOpen(part.batch(), open.requests());
                    tally.halt(Optional.of(new Halt(open.reason(), "")));
                    return tally.report();
                }
                case Driven.Finished<Sent> finished -> {
                    Round round = finished.result().round();
                    tally.add(round, finished.requests());
                    List<Part> next = following(division, part, finished);
                    Optional<Halt> halt = round.halt(ordinals(next));
                    tally.halt(halt);
                    if (next.isEmpty() && halt.isPresent()) {
                        return tally.report();
                    }
                    // Breadth first: a half that works tells that the trouble is the other's.
                    parts.addAll(next);
                    boolean repeats = next.stream().anyMatch(each -> repeats(part, each));
                    stopped = repeats ? waited(round, stop) : stop.reason();
                    next.stream().filter(each -> !each.doubts().isEmpty()).forEach(each -> connection.repeats());
                }
            }
        }
        return tally.report();
    }

    /**
     * Without the rows whose first request the destination may have forgotten by now: a repeat could have a second effect (invariant I4).
     * One that was sent before has an end in this run; any other is held here.
     */
    private Part inTime(Lease lease, long run, Part part, Tally tally) {
        Instant now = time.clock().instant();
        Set<Write> over = part.batch().writes().stream()
                .filter(write -> !now.isBefore(repeatableUntil(part.batch(), write)))
                .collect(Collectors.toSet());
        if (over.isEmpty()) {
            return part;
        }
        List<Long> unsent = over.stream()
                .map(Write::ordinal)
                .filter(ordinal -> !tally.knows(ordinal))
                .sorted()
                .toList();
        if (!unsent.isEmpty()) {
            ledger.hold(lease, run, Repeats.REASON, unsent);
            tally.held(unsent);
        }
        return part.without(over);
    }

    /** Of what is replaced or asked, and of what was never sent, there is no end. */
    private Instant repeatableUntil(Batch batch, Write write) {
        Destination destination = connection.destination();
        return switch (destination.idempotency(batch)) {
            // A job may carry what was first sent as a request.
            case B, D ->
                write.begun()
                        .map(begun -> Repeats.until(
                                begun,
                                destination
                                        .capabilities(batch.object())
                                        .of(batch.action())
                                        .dedupeWindow(),
                                destination.spec().zombieWindow()))
                        .orElse(Instant.MAX);
            case A, C, E, F -> Instant.MAX;
        };
    }

    private List<Part> following(Division division, Part part, Driven.Finished<Sent> finished) {
        Sent sent = finished.result();
        List<Part> next =
                division.after(part, sent.round(), sent.answered(), time.clock().instant());
        return affordable(next, part, finished.requests());
    }

    private static Set<Long> ordinals(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> part.batch().writes().stream())
                .map(Write::ordinal)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Without the repeats that the connection's budget does not pay for: their rows stay as they are (invariant I11). */
    private List<Part> affordable(List<Part> next, Part part, int requests) {
        return next.stream()
                .filter(each -> requests == 0 || !repeats(part, each) || connection.mayRetry())
                .toList();
    }

    private static boolean repeats(Part part, Part next) {
        return next.number() > part.number() || !next.doubts().isEmpty();
    }

    /**
     * What came of a part.
     *
     * @param answered whether the destination answered the last request at all
     */
    private record Sent(Round round, boolean answered) {}

    /** One intent, one conversation, one set of outcomes. */
    private Driven<Sent> round(
            Lease lease, long run, Part part, Senders senders, StopSignal stop, Consumer<Duration> waits) {
        Destination destination = connection.destination();
        Batch batch = part.batch();
        IdempotencyClass idempotency = destination.idempotency(batch);
        List<Long> ordinals = batch.writes().stream().map(Write::ordinal).toList();
        StopSignal late = late(batch);
        // A job that runs from the moment it is made may have been applied although nobody knows its id.
        boolean staged = batch.job() && idempotency == IdempotencyClass.D;
        long id = ledger.begin(lease, run, new Intent(batch.action(), staged, idempotency, ordinals));
        Asked asked = new Asked(senders.unless(late), destination, time.clock());
        Driven<List<Outcome>> driven = driver.drive(
                destination.deliver(batch), asked, stop, false, job -> ledger.remember(lease, id, job), waits);
        return switch (driven) {
            case Driven.LeftOpen<List<Outcome>> open -> new Driven.LeftOpen<>(open.reason(), open.requests());
            case Driven.Finished<List<Outcome>> finished -> {
                List<Outcome> told = asked.believed(finished.result());
                Round round = Round.of(part.number(), batch, idempotency, told, asked.until(), part.doubts());
                ledger.complete(lease, id, round.rowOutcomes());
                yield new Driven.Finished<>(new Sent(round, asked.answered()), finished.requests());
            }
        };
    }

    /**
     * Rows leave soon after their intent or not at all, whatever they wait for and however long the machine sleeps: recovery counts on
     * {@link Deliveries#LONGEST_SENDING} (invariant I8). A job is asked what became of it, so its parts may take their time; repeats have
     * no more than is left to them.
     */
    private StopSignal late(Batch batch) {
        Instant repeatable = batch.writes().stream()
                .map(write -> repeatableUntil(batch, write))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        boolean asked = connection.destination().idempotency(batch) == IdempotencyClass.D;
        return asked ? StopSignal.NEVER : Deadline.in(time, LATEST).notAfter(repeatable);
    }

    /** Waits as long as was asked, and a jittered while that grows from round to round; says what ended the wait early. */
    private Optional<String> waited(Round round, StopSignal stop) {
        long jitter = random.nextLong(FIRST_WAIT.toMillis() * round.number() + 1);
        Duration wait = round.wait(time.clock().instant()).plusMillis(jitter);
        return new Patience(time.sleeper()).await(wait, stop);
    }
}
