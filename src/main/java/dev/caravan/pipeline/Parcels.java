package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import java.util.Iterator;

/**
 * A run's batches, each cut when the connection has a place for it; none any more once the run was cut short. What {@code hasNext} promised is kept all the
 * same: the split takes a broken promise for the end and would not wait for batches that are on their way.
 */
final class Parcels implements Iterator<Parcel> {

    private final SyncRun run;
    private final Batches batches;
    private final Slots slots;
    private boolean promised;

    Parcels(SyncRun run, Batches batches, Slots slots) {
        this.run = run;
        this.batches = batches;
        this.slots = slots;
    }

    @Override
    public synchronized boolean hasNext() {
        promised = promised || (!run.isCutShort() && batches.hasNext());
        return promised;
    }

    @Override
    public synchronized Parcel next() {
        promised = false;
        // Taken before the intent: what a crash leaves unresolved is at most concurrency x batch rows (invariant I5).
        int places = slots.take(batches.isJobNext());
        boolean cut = false;
        try {
            Parcel parcel = new Parcel(run, batches.next(), places);
            cut = true;
            return parcel;
        } finally {
            if (!cut) {
                slots.give(places);
            }
        }
    }
}
