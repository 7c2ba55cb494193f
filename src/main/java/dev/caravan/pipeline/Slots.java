package dev.caravan.pipeline;

import java.util.concurrent.Semaphore;

/**
 * How many batches of a connection are on their way at once. A place is taken before a batch is cut, so that no more rows are in the
 * heap than are being sent; a job holds as many rows as hundreds of batches and takes half of the places. Thread-safe, first come
 * first served.
 */
public final class Slots {

    private final int size;
    private final Semaphore free;

    /** So many places, at least one. */
    public Slots(int size) {
        this.size = size;
        this.free = new Semaphore(size, true);
    }

    /** Waits for the places of a batch; returns how many they are, to be given back when it is through. */
    int take(boolean job) {
        int places = job ? Math.max(1, size / 2) : 1;
        free.acquireUninterruptibly(places);
        return places;
    }

    void give(int places) {
        free.release(places);
    }
}
