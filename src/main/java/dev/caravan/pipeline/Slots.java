package dev.caravan.pipeline;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Turns;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many batches of a connection are on their way at once, given in turn to the runs that wait. A place is taken before a batch is
 * cut, so that no more rows are in the heap than are being sent. Jobs have places of their own: one that is polled for hours must not
 * keep small batches waiting. Thread-safe.
 */
public final class Slots {

    /** One job is filled while another is worked off; more would not be faster, and each holds the rows of hundreds of batches. */
    private static final int JOBS = 2;

    private final Turns batches;
    private final Turns jobs;

    /** So many batches at once, at least one. */
    public Slots(int size, Supplier<Monitor> monitors) {
        this.batches = new Turns(size, monitors.get());
        this.jobs = new Turns(JOBS, monitors.get());
    }

    /** Waits for a place. Says what ended the wait early, and gives no place then; an interrupt counts as {@code stopped}. */
    Optional<String> take(SyncRun run, boolean job, StopSignal stop) {
        return of(job).take(run, stop);
    }

    void give(SyncRun run, boolean job) {
        of(job).give(run);
    }

    private Turns of(boolean job) {
        return job ? jobs : batches;
    }
}
