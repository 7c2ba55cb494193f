package dev.caravan.scenario;

import dev.caravan.delivery.link.Time;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that goes on as everywhere, and jumps ahead where somebody would wait. */
final class QuickTime {

    private static final Duration BREATH = Duration.ofMillis(1);

    private final AtomicLong ahead = new AtomicLong();

    Time time() {
        InstantSource clock = () -> InstantSource.system().instant().plusNanos(ahead.get());
        return new Time(clock, () -> System.nanoTime() + ahead.get(), this::sleep);
    }

    /** Lets this much pass. */
    void pass(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    /** How much was jumped. */
    Duration jumped() {
        return Duration.ofNanos(ahead.get());
    }

    private void sleep(Duration wait) throws InterruptedException {
        Thread.sleep(BREATH);
        pass(wait.minus(BREATH).isNegative() ? Duration.ZERO : wait.minus(BREATH));
    }
}
