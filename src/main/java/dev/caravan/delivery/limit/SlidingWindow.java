package dev.caravan.delivery.limit;

import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * So many requests in any stretch of time, not only in stretches that begin at the full minute. A request counts from when it goes out
 * until that long after its answer: wherever in between the destination counts it, its window is never overrun. What the transport
 * sends by itself, a log-in and the repeat after it, is known only afterwards and counts from then.
 */
public final class SlidingWindow implements Throttle {

    /** While all places are taken by requests without an answer, nobody knows when the first is free. */
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final int most;
    private final long per;
    private final LongSupplier nanos;
    private final Deque<Long> free = new ArrayDeque<>();
    private int out;

    /** At most so many requests, at least one, in any stretch of this length. */
    public SlidingWindow(int most, Duration per, LongSupplier nanos) {
        this.most = most;
        this.per = per.toNanos();
        this.nanos = nanos;
    }

    @Override
    public synchronized long left() {
        long now = nanos.getAsLong();
        while (!free.isEmpty() && free.element() - now <= 0) {
            free.remove();
        }
        if (out + free.size() < most) {
            return 0;
        }
        return free.isEmpty() ? LOOK : free.element() - now;
    }

    @Override
    public synchronized void goes() {
        out++;
    }

    @Override
    public synchronized void ended(Reply reply, Signal signal) {
        out--;
        long then = nanos.getAsLong() + per;
        for (int i = 0; i < reply.requests(); i++) {
            free.add(then);
        }
    }

    @Override
    public String reason() {
        return "limit";
    }
}
