package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.AdaptiveLimit;
import dev.caravan.delivery.limit.DayBudget;
import dev.caravan.delivery.limit.RetryBudget;
import dev.caravan.delivery.limit.SlidingWindow;
import dev.caravan.delivery.limit.Spacing;
import dev.caravan.delivery.limit.Throttle;
import dev.caravan.delivery.limit.Told;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Quota;
import dev.caravan.ledger.Spending;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The shared state of one connection, and the order in which its decorators stand. Thread-safe. */
public final class SenderStack {

    private final Link link;
    private final Turns slots;
    private final Turns line;
    private final List<Throttle> throttles;
    private final List<Lane> lanes;
    private final AdaptiveLimit concurrency;
    private final Allowance allowance;
    private final List<DayBudget> days;
    private final AtomicReference<Instant> openUntil = new AtomicReference<>(Instant.MIN);
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final RetryBudget budget;

    /**
     * A stack with nothing learned yet.
     *
     * @param spending what was taken of its days, by whoever was before
     * @param random for jitter; used by many threads
     */
    public SenderStack(
            String connection,
            Destination destination,
            ConnectionLimits limits,
            Spending spending,
            Time time,
            RandomGenerator random,
            DeliveryMeters meters) {
        this.link = new Link(connection, destination, time, meters);
        this.concurrency = new AdaptiveLimit(limits.concurrency(), time.nanos());
        this.slots = new Turns(concurrency.now(), time.monitors().get());
        this.line = new Turns(1, time.monitors().get());
        this.throttles = throttles(limits, time);
        this.lanes = limits.windows().stream()
                .filter(window -> !window.ofAll())
                .map(window -> Lane.of(window, time))
                .toList();
        this.allowance = new Allowance(limits.dailyQuotaShare(), time.clock());
        this.days = limits.days().stream()
                .map(day -> new DayBudget(connection, day, spending, destination.requestTimeout()))
                .toList();
        this.breaker = Breaking.breaker(link, openUntil);
        this.retry = Retrying.rule(connection, random);
        this.budget = new RetryBudget(time.nanos());
        meters.concurrency(connection, concurrency.now());
        meters.retryBudget(connection, budget.ratio());
    }

    private static List<Throttle> throttles(ConnectionLimits limits, Time time) {
        Stream<Throttle> window = limits.windows().stream()
                .filter(ConnectionLimits.Window::ofAll)
                .map(most -> new SlidingWindow(most.requests(), most.per(), time.nanos()));
        return Stream.concat(
                        window,
                        Stream.of(
                                new Told(time.clock(), time.nanos()),
                                new Spacing(limits.requestsPerSecond(), time.nanos())))
                .toList();
    }

    /**
     * A sender of one run. Read from the bottom up, a request meets: retry, lane, slot, pace; then, with no wait left before the wire,
     * stop, allowance, breaker.
     *
     * @param stop the run's own, by which its turns are told apart from those of other runs
     * @param late see {@link Senders}
     */
    public Sender over(Sender wire, StopSignal stop, StopSignal late, RequestCount count) {
        // Innermost, so that only what really goes out is counted and timed.
        Hop hop = new Watched(wire, count, link);
        hop = new Adapting(hop, concurrency, slots, link);
        // Last of the checks: a permission it gave is always used at once, and only the destination's own replies reach
        // it.
        hop = new Breaking(hop, breaker, openUntil, link);
        // What it takes is written down: only now is it sure that the request may go, unless the breaker says no.
        hop = days.isEmpty() ? hop : new Budgeted(hop, days, allowance, link);
        // Learns from answers alone, so it stands where no answer of ours passes.
        hop = new Rationed(hop, allowance, link);
        // After every wait: whatever was thrown meanwhile still holds (invariant I16).
        hop = new Gated(hop, stop, late, link);
        // Inside the slot: a turn taken while waiting for a slot would be used late, and bunched.
        hop = new Paced(hop, line, throttles, link, stop);
        hop = new Slotted(hop, slots, link, stop);
        // Outside the slot: who waits for a limit of its own keeps no place from the others.
        for (Lane lane : lanes) {
            hop = lane.before(hop, link, stop);
        }
        // Outermost: each attempt passes every check again, and no slot is held while it waits.
        return new Retrying(hop, retry, budget, link, stop);
    }

    /** A sender for which nothing is ever late. */
    public Sender over(Sender wire, StopSignal stop, RequestCount count) {
        return over(wire, stop, StopSignal.NEVER, count);
    }

    /** Whether rows may be sent again, which is paid for from the budget of all repeats. */
    public boolean mayRetry() {
        boolean may = budget.spend();
        link.meters().retryBudget(link.connection(), budget.ratio());
        return may;
    }

    /** The daily allowance as last told. */
    public Optional<Quota> quota() {
        return allowance.quota();
    }
}
