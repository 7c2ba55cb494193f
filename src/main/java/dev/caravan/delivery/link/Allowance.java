package dev.caravan.delivery.link;

import dev.caravan.destination.Quota;
import dev.caravan.destination.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is known of a connection's daily allowance. Thread-safe. It is shared with applications we do not see, so it ages. */
final class Allowance {

    /** A figure older than this is asked for again by letting one write through. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final double share;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Seen> last = new AtomicReference<>();
    private final AtomicReference<Instant> exhaustedUntil = new AtomicReference<>(Instant.MIN);

    private record Seen(Quota quota, Instant at) {}

    Allowance(double share, InstantSource clock) {
        this.share = share;
        this.clock = clock;
    }

    /** The figures last told. */
    Optional<Quota> quota() {
        return Optional.ofNullable(last.get()).map(Seen::quota);
    }

    void learn(Signal signal) {
        Instant now = clock.instant();
        signal.quota().ifPresent(quota -> last.set(new Seen(quota, now)));
        switch (signal.state()) {
            // A moment that is over says nothing: it would be asked again at once.
            case EXHAUSTED ->
                exhaustedUntil.set(
                        signal.notBefore().filter(told -> told.isAfter(now)).orElse(nextMidnight(now)));
            // Not even a good answer ends that: nothing goes out meanwhile, so it is to a request from before.
            case WELL, BUSY, TROUBLED, LOCKED_OUT -> {}
        }
    }

    /** Until when nothing at all may be sent. */
    Optional<Instant> exhaustedUntil() {
        Instant until = exhaustedUntil.get();
        return until.isAfter(clock.instant()) ? Optional.of(until) : Optional.empty();
    }

    /** Until when no write may be sent, since our share is used up. */
    Optional<Instant> reservedUntil() {
        Seen seen = last.get();
        if (seen == null || seen.quota().share() < share) {
            return Optional.empty();
        }
        Instant stale = seen.at().plus(FRESH);
        Instant midnight = nextMidnight(seen.at());
        Instant until = stale.isBefore(midnight) ? stale : midnight;
        return until.isAfter(clock.instant()) ? Optional.of(until) : Optional.empty();
    }

    private static Instant nextMidnight(Instant now) {
        return now.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(1)
                .atTime(LocalTime.MIDNIGHT)
                .toInstant(ZoneOffset.UTC);
    }
}
