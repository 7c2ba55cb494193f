package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Spaces requests evenly. Turns are given in the order they were asked for; who would wait too long is told so instead. */
record Paced(Sender next, RateLimiter limiter, Time time, StopSignal stop) implements Sender {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** One permit a period and not many a second: a burst at each turn of the second would be twice the rate for a moment. */
    static RateLimiter limiter(String connection, double requestsPerSecond, LongSupplier nanos) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofNanos((long) (1e9 / requestsPerSecond)))
                .timeoutDuration(LONGEST_WAIT)
                .build();
        return new AtomicRateLimiter(connection, config, nanos::getAsLong);
    }

    @Override
    public Reply send(Request request) {
        long wait = limiter.reservePermission();
        if (wait < 0) {
            Instant later = time.clock().instant().plus(LONGEST_WAIT);
            return new Reply.NotSent("limit", "too many requests wait for their turn", Optional.of(later), 0);
        }
        Optional<String> stopped = new Patience(time.sleeper()).await(Duration.ofNanos(wait), stop);
        return stopped.isPresent() ? new Reply.NotSent(stopped.get(), "", Optional.empty(), 0) : next.send(request);
    }
}
