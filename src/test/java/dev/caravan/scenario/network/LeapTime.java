package dev.caravan.scenario.network;

import dev.caravan.delivery.link.Time;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that goes on as everywhere, and leaps where the worker would wait; who waits longer than a moment rests one millisecond. */
final class LeapTime {

    private final AtomicLong ahead = new AtomicLong();

    Time time() {
        InstantSource clock = () -> InstantSource.system().instant().plusNanos(ahead.get());
        return new Time(clock, () -> System.nanoTime() + ahead.get(), this::sleep);
    }

    void pass(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    private void sleep(Duration wait) throws InterruptedException {
        pass(wait);
        if (wait.toMillis() > 0) {
            Thread.sleep(1);
        }
    }
}
