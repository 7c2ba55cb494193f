package dev.caravan.delivery.link;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What threads wait on for each other. Delivery and pipeline wait in no other way, and for time by {@link Sleeper} alone, so that
 * the same code runs where time is virtual and one thread moves at a time. Reentrant: who holds it may call everything here.
 */
public interface Monitor {

    /** Runs something while nobody else holds the monitor. */
    <T> T locked(Supplier<T> action);

    /**
     * Waits until something holds, the monitor let go meanwhile.
     *
     * @param ready asked at once and after each {@link #changed}, holding the monitor: it may take what it finds free
     * @param most how long to wait for it, in the monitor's own time
     * @return whether it came to hold; if not, time is over
     */
    boolean await(BooleanSupplier ready, Duration most) throws InterruptedException;

    /** Lets all who wait ask again. */
    void changed();

    /** {@link #locked} for what has no result. */
    default void holding(Runnable action) {
        locked(() -> {
            action.run();
            return true;
        });
    }

    /** A new monitor for real threads in real time. */
    static Monitor real() {
        return new LockMonitor();
    }
}
