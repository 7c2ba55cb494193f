package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import java.util.Iterator;

/**
 * A run's batches, cut as they are asked for; none any more once the run was cut short. What {@code hasNext} promised is kept all the
 * same: the split takes a broken promise for the end and would not wait for batches that are on their way.
 */
final class Parcels implements Iterator<Parcel> {

    private final SyncRun run;
    private final Batches batches;
    private boolean promised;

    Parcels(SyncRun run, Batches batches) {
        this.run = run;
        this.batches = batches;
    }

    @Override
    public synchronized boolean hasNext() {
        promised = promised || (!run.isCutShort() && batches.hasNext());
        return promised;
    }

    @Override
    public synchronized Parcel next() {
        promised = false;
        return new Parcel(run, batches.next());
    }
}
