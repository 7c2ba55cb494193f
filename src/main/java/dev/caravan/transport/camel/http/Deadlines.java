package dev.caravan.transport.camel.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells calls that their time is over; never before it is, and at most two ticks after. One beat for all calls under way, since a timer
 * for each costs a third of a quick request; none while nothing is under way.
 */
final class Deadlines implements AutoCloseable {

    private static final long TICK_MILLIS = 25;
    /** Beats without a call before the beat stops: a second. */
    private static final int IDLE_TICKS = 40;

    private final ScheduledThreadPoolExecutor beat;
    private final Set<Watch> watched = ConcurrentHashMap.newKeySet();
    private volatile boolean beating;
    private int idle;
    private @Nullable Future<?> beats;

    Deadlines(String name) {
        this.beat = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
    }

    /** One call's time. Closed by whoever does not need it any more. */
    final class Watch {

        private final Runnable whenLate;
        private long left;

        private Watch(long ticks, Runnable whenLate) {
            this.left = ticks;
            this.whenLate = whenLate;
        }

        private void tick() {
            left--;
            if (left <= 0 && watched.remove(this)) {
                whenLate.run();
            }
        }

        void close() {
            watched.remove(this);
        }
    }

    /** Watches a call from now on; what is run must not wait. */
    Watch watch(Duration time, Runnable whenLate) {
        Watch watch = new Watch(time.toMillis() / TICK_MILLIS + 2, whenLate);
        watched.add(watch);
        if (!beating) {
            start();
        }
        return watch;
    }

    private synchronized void start() {
        if (!beating && !beat.isShutdown()) {
            beating = true;
            idle = 0;
            beats = beat.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        watched.forEach(Watch::tick);
        idle = watched.isEmpty() ? idle + 1 : 0;
        if (idle >= IDLE_TICKS) {
            stop();
        }
    }

    private synchronized void stop() {
        Future<?> current = beats;
        if (current != null) {
            current.cancel(false);
        }
        beating = false;
        // One that came just now may have seen a beat that was to end.
        if (!watched.isEmpty()) {
            start();
        }
    }

    @Override
    public void close() {
        beat.shutdownNow();
    }
}
