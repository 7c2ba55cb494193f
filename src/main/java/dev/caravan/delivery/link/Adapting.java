package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.AdaptiveLimit;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;

/** Fits the number of requests at once to how the destination takes them. */
record Adapting(Sender next, AdaptiveLimit limit, Turns slots, Link link) implements Sender {

    @Override
    public Reply send(Request request) {
        AdaptiveLimit.Sample sample = limit.begins();
        // Stands for the end of a request of which nothing is known, should the way out throw.
        Reply reply = new Reply.Lost("defect", 1);
        try {
            reply = next.send(request);
            return reply;
        } finally {
            limit.ended(sample, link.signal(reply).state(), request.replay() != Replay.READ);
            slots.resize(limit.now());
            link.meters().concurrency(link.connection(), limit.now());
        }
    }
}
