package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Batch;
import java.util.Iterator;
import java.util.Optional;

/**
 * A run's batches, each cut when the connection has a place for it; none any more once the run was cut short. Nothing is ever thrown
 * into the split, and what {@code hasNext} promised is kept by a parcel that sends nothing: the split takes either for the end and would
 * not wait for batches that are on their way. {@code hasNext} never waits: the split asks it before it sends what it just got.
 *
 * <p>Groups do not overlap: a removal waits until every save before it has ended, or it could overtake one; and a batch for those that lock
 * what it locks.
 */
final class Parcels implements Iterator<Parcel> {

    private final SyncRun run;
    private final Batches batches;
    private final Slots slots;
    private final StopSignal stop;

    private boolean promised;

    Parcels(SyncRun run, Batches batches, Slots slots, StopSignal stop) {
        this.run = run;
        this.batches = batches;
        this.slots = slots;
        this.stop = stop;
    }

    @Override
    public synchronized boolean hasNext() {
        promised = promised || (!run.isCutShort() && batches.hasNext());
        return promised;
    }

    @Override
    public synchronized Parcel next() {
        promised = false;
        Optional<String> over = awaited();
        if (over.isPresent()) {
            run.halt(new Halt(over.get(), ""));
            return new Parcel(run, Optional.empty());
        }
        return new Parcel(run, cut());
    }

    /** Waits for the group before and for a place; says why the run ends instead. */
    private Optional<String> awaited() {
        Optional<String> over = batches.startsGroup() ? run.underWay().awaitArrivals(this::over) : Optional.empty();
        // Taken before the intent: what a crash leaves unresolved is at most concurrency x batch rows (invariant I5).
        return over.isPresent() ? over : slots.take(run, batches.isJobNext(), this::over);
    }

    private Optional<String> over() {
        return run.isCutShort() ? Optional.of("cut_short") : stop.reason();
    }

    private Optional<Batch> cut() {
        boolean job = batches.isJobNext();
        Optional<Batch> batch = Noted.on(run, batches::next);
        if (batch.isPresent()) {
            run.underWay().cut();
        } else {
            slots.give(run, job);
        }
        return batch;
    }
}
