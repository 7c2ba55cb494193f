package dev.caravan.delivery.link;

import dev.caravan.destination.Signal;
import dev.caravan.transport.Request;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Leaves a destination in trouble alone for a while. Only {@code TROUBLED} counts against it and only {@code WELL} for it: refused
 * rows are no trouble, and a limit, an allowance or a log-in is none that waiting half a minute cures.
 */
record Breaking(Hop next, CircuitBreaker breaker, AtomicReference<Instant> openUntil, Link link) implements Hop {

    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final int WINDOW = 20;
    private static final int FEWEST_CALLS = 10;
    private static final int PROBES = 2;
    private static final float HALF_FAILED = 50;

    /** The breaker of a connection; its changes are told to the meters. */
    static CircuitBreaker breaker(Link link, AtomicReference<Instant> openUntil) {
        CircuitBreaker breaker = CircuitBreaker.of(
                link.connection(),
                CircuitBreakerConfig.custom()
                        .clock(link.time().clock().withZone(ZoneOffset.UTC))
                        .currentTimestampFunction(clock -> link.time().nanos().getAsLong(), TimeUnit.NANOSECONDS)
                        .slidingWindow(WINDOW, FEWEST_CALLS, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(HALF_FAILED)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .recordResult(state -> state == Signal.State.TROUBLED)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            CircuitBreaker.State now = event.getStateTransition().getToState();
            if (now == CircuitBreaker.State.OPEN) {
                openUntil.set(link.time().clock().instant().plus(OPEN));
            }
            link.meters().breaker(link.connection(), now.name().toLowerCase(Locale.ROOT));
        });
        return breaker;
    }

    @Override
    public Heard send(Request request) {
        if (!breaker.tryAcquirePermission()) {
            return link.notSent("breaker", "the destination was in trouble just now", Optional.of(openUntil.get()));
        }
        boolean recorded = false;
        long began = breaker.getCurrentTimestamp();
        try {
            Heard heard = next.send(request);
            Signal.State state = heard.state();
            if (state == Signal.State.TROUBLED || state == Signal.State.WELL) {
                breaker.onResult(breaker.getCurrentTimestamp() - began, TimeUnit.NANOSECONDS, state);
                recorded = true;
            }
            return heard;
        } finally {
            if (!recorded) {
                breaker.releasePermission();
            }
        }
    }
}
