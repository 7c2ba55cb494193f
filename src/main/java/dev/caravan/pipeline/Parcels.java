package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import java.util.Iterator;

/** A run's batches, cut as they are asked for; none any more once the run was halted. */
final class Parcels implements Iterator<Parcel> {

    private final SyncRun run;
    private final Batches batches;

    Parcels(SyncRun run, Batches batches) {
        this.run = run;
        this.batches = batches;
    }

    @Override
    public synchronized boolean hasNext() {
        return !run.isCutShort() && batches.hasNext();
    }

    @Override
    public synchronized Parcel next() {
        return new Parcel(run, batches.next());
    }
}
