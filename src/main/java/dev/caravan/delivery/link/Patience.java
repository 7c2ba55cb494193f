package dev.caravan.delivery.link;

import java.time.Duration;
import java.util.Optional;

/** Waits in short slices, so that a stop is seen within one. Invariant I16. */
public final class Patience {

    /** The longest time in which a stop is not asked for. */
    public static final Duration SLICE = Duration.ofMillis(250);

    private final Sleeper sleeper;

    public Patience(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /**
     * Waits, unless something stops it.
     *
     * @return why the wait ended early; empty if it did not. An interrupt counts as {@code stopped} and stays set
     */
    public Optional<String> await(Duration time, StopSignal stop) {
        Duration left = time;
        while (left.isPositive()) {
            Optional<String> reason = stop.reason();
            if (reason.isPresent()) {
                return reason;
            }
            Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            try {
                sleeper.sleep(slice);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("stopped");
            }
            left = left.minus(slice);
        }
        return stop.reason();
    }
}
