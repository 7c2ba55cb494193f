package dev.caravan.delivery.link;

import dev.caravan.destination.Destination;
import dev.caravan.destination.Quota;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.retry.Retry;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** The shared state of one connection, and the order in which its decorators stand. Thread-safe. */
public final class SenderStack {

    private final Link link;
    private final Turns slots;
    private final RateLimiter limiter;
    private final Allowance allowance;
    private final AtomicReference<Instant> openUntil = new AtomicReference<>(Instant.MIN);
    private final CircuitBreaker breaker;
    private final Retry retry;

    /**
     * A stack with nothing learned yet.
     *
     * @param random for jitter; used by many threads
     */
    public SenderStack(
            String connection,
            Destination destination,
            ConnectionLimits limits,
            Time time,
            RandomGenerator random,
            DeliveryMeters meters) {
        this.link = new Link(connection, destination, time, meters);
        this.slots = new Turns(limits.concurrency(), time.monitors().get());
        this.limiter = Paced.limiter(connection, limits.requestsPerSecond(), time.nanos());
        this.allowance = new Allowance(limits.dailyQuotaShare(), time.clock());
        this.breaker = Breaking.breaker(link, openUntil);
        this.retry = Retrying.rule(connection, random);
    }

    /**
     * A sender of one run. Read from the bottom up, a request meets: retry, slot, pace; then, with no wait left before the wire,
     * stop, allowance, breaker.
     */
    public Sender over(Sender wire, StopSignal stop, RequestCount count) {
        Object run = new Object();
        // Innermost, so that only what really goes out is counted and timed.
        Sender sender = new Watched(wire, count, link);
        // Last of the checks: a permission it gave is always used at once, and only the destination's own replies reach
        // it.
        sender = new Breaking(sender, breaker, openUntil, link);
        // Learns from answers alone, so it stands where no answer of ours passes.
        sender = new Rationed(sender, allowance, link);
        // After every wait: whatever was thrown meanwhile still holds (invariant I16).
        sender = new Gated(sender, stop);
        // Inside the slot: a turn taken while waiting for a slot would be used late, and bunched.
        sender = new Paced(sender, limiter, link.time(), stop);
        sender = new Slotted(sender, slots, run, stop);
        // Outermost: each attempt passes every check again, and no slot is held while it waits.
        return new Retrying(sender, retry, link, stop);
    }

    /** The daily allowance as last told. */
    public Optional<Quota> quota() {
        return allowance.quota();
    }
}
