package dev.caravan.transport.camel.auth;

import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;

/** Sends one request, once, to whichever address it is told; knows nothing of log-ins. */
@FunctionalInterface
public interface Wire {

    /**
     * What became of it: at most one request on the wire.
     *
     * @param base scheme and authority, and a path to put before the request's if there is one; without a slash at its end
     * @param gate asked when the request would leave; its word is the reason of the {@code NotSent} then. Its own is {@code refused}
     */
    Reply send(String base, HttpRequest request, Gate gate);
}
