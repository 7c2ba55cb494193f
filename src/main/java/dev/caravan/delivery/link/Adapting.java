package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.AdaptiveLimit;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;

/** Fits the number of requests at once to how the destination takes them. */
record Adapting(Hop next, AdaptiveLimit limit, Turns slots, Link link) implements Hop {

    @Override
    public Heard send(Request request) {
        AdaptiveLimit.Sample sample = limit.begins();
        Heard heard = link.defect();
        try {
            heard = next.send(request);
            return heard;
        } finally {
            limit.ended(sample, heard.state(), request.replay() != Replay.READ);
            slots.resize(limit.now());
            link.meters().concurrency(link.connection(), limit.now());
        }
    }
}
