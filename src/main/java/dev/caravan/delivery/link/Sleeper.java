package dev.caravan.delivery.link;

import java.time.Duration;

/** Lets the calling thread sleep: {@code Thread::sleep} in production, a moved clock in tests. */
@FunctionalInterface
public interface Sleeper {

    /** Returns when the time has passed. */
    void sleep(Duration time) throws InterruptedException;
}
