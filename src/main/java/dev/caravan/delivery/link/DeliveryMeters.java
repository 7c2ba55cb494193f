package dev.caravan.delivery.link;

import dev.caravan.destination.Signal;
import java.time.Duration;

/** What delivery tells about itself. Called by many threads; must not block. All of it is about connections, nothing about rows. */
public interface DeliveryMeters {

    /** Tells nobody. */
    DeliveryMeters NONE = new DeliveryMeters() {};

    /** One reply of the transport, which took this many requests on the wire. */
    default void request(String connection, Signal.State state, int requests, Duration took) {}

    /**
     * A request is about to be sent again, because of {@code busy}, {@code refused}, {@code lost} or {@code troubled}; or rows are,
     * since their end is {@code unknown}.
     */
    default void retry(String connection, String reason) {}

    /** The breaker changed: {@code closed}, {@code open} or {@code half_open}. */
    default void breaker(String connection, String state) {}

    /** So many requests are let out at once from now on. */
    default void concurrency(String connection, int limit) {}

    /** The share of the retry budget that is left, 0 to 1. */
    default void retryBudget(String connection, double left) {}

    /** The share of the daily allowance that is used, 0 to 1. */
    default void quota(String connection, double share) {}
}
