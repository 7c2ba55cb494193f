package dev.caravan.delivery.limit;

import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What the destination itself says about its limit: until when to leave it alone, and how many requests its window still takes. One
 * request is told, all of the connection obey. Its times become durations when they are heard, so that a corrected clock does no harm
 * (invariant I21).
 */
public final class Told implements Throttle {

    /** Nobody means more than that; a wrong header must not stop a connection for good. */
    private static final Duration MOST = Duration.ofDays(1);

    /** Told moments of one and the same window differ by that much, since they are rounded. */
    private static final long ROUNDING = Duration.ofSeconds(1).toNanos();

    private final InstantSource clock;
    private final LongSupplier nanos;
    private long restUntil;
    private long resets;
    private long remaining;
    private int out;

    /** Nothing was told yet. */
    public Told(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.restUntil = nanos.getAsLong();
        this.resets = restUntil;
    }

    @Override
    public synchronized long left() {
        long now = nanos.getAsLong();
        long rest = restUntil - now;
        long window = remaining > 0 ? 0 : resets - now;
        return Math.max(rest, window);
    }

    @Override
    public synchronized void goes() {
        out++;
        remaining--;
    }

    @Override
    public synchronized void ended(Reply reply, Signal signal) {
        out--;
        if (reply instanceof Reply.Answer) {
            if (signal.state() == State.BUSY || signal.state() == State.TROUBLED) {
                signal.notBefore().ifPresent(this::rest);
            }
            signal.window().ifPresent(this::learn);
        }
    }

    private void rest(Instant until) {
        long then = inNanos(until);
        restUntil = then - restUntil > 0 ? then : restUntil;
    }

    /** Requests without an answer may not be in the figure yet. An older answer of the same window never raises it. */
    private void learn(Signal.Window window) {
        long then = inNanos(window.resets());
        long free = window.remaining() - out;
        boolean over = resets - nanos.getAsLong() <= 0;
        if (over || then - resets > ROUNDING) {
            remaining = free;
            resets = then;
        } else {
            remaining = Math.min(remaining, free);
        }
    }

    private long inNanos(Instant told) {
        Duration until = Duration.between(clock.instant(), told);
        return nanos.getAsLong()
                + (until.compareTo(MOST) > 0 ? MOST : until.isNegative() ? Duration.ZERO : until).toNanos();
    }

    @Override
    public String reason() {
        return "busy";
    }
}
