package dev.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The sandbox's own time: a base clock plus an offset that only moves forward when told to, so that tokens can grow old and
 * days can pass without waiting. Thread-safe.
 */
public final class SandboxClock implements InstantSource {

    private final InstantSource base;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public SandboxClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    /** Moves the sandbox's time forward; negative durations are ignored. */
    public void advance(Duration by) {
        if (!by.isNegative()) {
            offset.updateAndGet(now -> now.plus(by));
        }
    }
}
