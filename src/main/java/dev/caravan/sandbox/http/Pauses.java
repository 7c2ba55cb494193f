package dev.caravan.sandbox.http;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Waiting, as a network does. */
public final class Pauses {

    private Pauses() {}

    /** Waits that long on the calling thread; returns at once for nothing or less. */
    public static void sleep(Duration time) throws InterruptedIOException {
        if (time.isZero() || time.isNegative()) {
            return;
        }
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The sandbox is closing");
        }
    }
}
