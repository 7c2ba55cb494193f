package dev.caravan.pipeline;

import dev.caravan.delivery.link.StopSignal;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many batches of a connection are on their way at once. A place is taken before a batch is cut, so that no more rows are in the
 * heap than are being sent. Jobs have places of their own: one that is polled for hours must not keep small batches waiting.
 * Thread-safe.
 */
public final class Slots {

    /** One job is filled while another is worked off; more would not be faster, and each holds the rows of hundreds of batches. */
    private static final int JOBS = 2;

    private static final long LOOK_MILLIS = 250;

    private final Semaphore batches;
    private final Semaphore jobs = new Semaphore(JOBS, true);

    /** So many batches at once, at least one. */
    public Slots(int size) {
        this.batches = new Semaphore(size, true);
    }

    /** Waits for a place. Says what ended the wait early, and gives no place then; an interrupt counts as {@code stopped}. */
    Optional<String> take(boolean job, StopSignal stop) {
        Semaphore places = of(job);
        try {
            while (!places.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<String> reason = stop.reason();
                if (reason.isPresent()) {
                    return reason;
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        }
    }

    void give(boolean job) {
        of(job).release();
    }

    private Semaphore of(boolean job) {
        return job ? jobs : batches;
    }
}
