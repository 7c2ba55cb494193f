package dev.caravan.app.connect;

import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.destination.Destination;
import dev.caravan.transport.Transport;

/**
 * What a connection is made of.
 *
 * @param destination how it is spoken to; its zombie window is the connection's own where that says one
 * @param transport how it is reached; whoever opened it closes it
 * @param limits what it may use
 */
public record Opened(Destination destination, Transport transport, ConnectionLimits limits) {}
