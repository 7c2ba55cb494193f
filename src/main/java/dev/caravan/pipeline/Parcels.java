package dev.caravan.pipeline;

import dev.caravan.delivery.Batches;
import java.util.Iterator;
import java.util.concurrent.Phaser;

/**
 * A run's batches, each cut when the connection has a place for it; none any more once the run was cut short. What {@code hasNext} promised is kept all the
 * same: the split takes a broken promise for the end and would not wait for batches that are on their way.
 *
 * <p>Groups do not overlap: a removal waits until every save before it has ended, or it could overtake one.
 */
final class Parcels implements Iterator<Parcel> {

    private final SyncRun run;
    private final Batches batches;
    private final Slots slots;
    /** One party is the cutting itself, the others are the batches on their way. */
    private final Phaser underWay = new Phaser(1);

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
        if (batches.startsGroup()) {
            underWay.arriveAndAwaitAdvance();
        }
        // Taken before the intent: what a crash leaves unresolved is at most concurrency x batch rows (invariant I5).
        int places = slots.take(batches.isJobNext());
        boolean cut = false;
        try {
            Parcel parcel = new Parcel(run, batches.next(), places, underWay);
            underWay.register();
            cut = true;
            return parcel;
        } finally {
            if (!cut) {
                slots.give(places);
            }
        }
    }
}
