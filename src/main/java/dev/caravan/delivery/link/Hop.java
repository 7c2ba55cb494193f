package dev.caravan.delivery.link;

import dev.caravan.transport.Request;

/** One decorator of a connection, on the way to the wire and back: what {@link Sender} is outside of the stack. Safe for many threads. */
@FunctionalInterface
interface Hop {

    /** What came back for one request, its meaning read once. */
    Heard send(Request request);
}
