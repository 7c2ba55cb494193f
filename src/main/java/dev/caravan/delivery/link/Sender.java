package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;

/** Sends a request, or says why not. Blocks. Safe for use by many threads. */
@FunctionalInterface
public interface Sender {

    /** One reply for one request; {@link Reply#requests} counts all that it took on the wire. */
    Reply send(Request request);
}
