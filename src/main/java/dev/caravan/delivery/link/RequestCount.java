package dev.caravan.delivery.link;

/** Takes note of the HTTP requests of one run: log-ins, describes, retries and all. Called by many threads. */
@FunctionalInterface
public interface RequestCount {

    /** Adds what one reply cost on the wire. */
    void add(int requests);
}
