package dev.caravan.delivery.link;

import dev.caravan.destination.Destination;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.Optional;

/** What every decorator of a connection may need: its name, how to read its replies, and whom to tell. */
record Link(String connection, Destination destination, Time time, DeliveryMeters meters) {

    /** A reply with what it says about the connection, told from now. */
    Heard heard(Reply reply) {
        return new Heard(reply, destination.observe(reply, time.clock().instant()));
    }

    /** A request that is not let out. */
    Heard notSent(String reason, String detail, Optional<Instant> notBefore) {
        return heard(new Reply.NotSent(reason, detail, notBefore, 0));
    }

    /** Stands for the end of a request of which nothing is known, should the way out throw. */
    Heard defect() {
        return heard(new Reply.Lost("defect", 1));
    }
}
