package dev.caravan.delivery.link;

import dev.caravan.destination.Destination;
import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;

/** What every decorator of a connection may need: its name, how to read its replies, and whom to tell. */
record Link(String connection, Destination destination, Time time, DeliveryMeters meters) {

    /** What a reply says about the connection now. */
    Signal signal(Reply reply) {
        return destination.observe(reply, time.clock().instant());
    }
}
