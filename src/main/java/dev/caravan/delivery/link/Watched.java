package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.time.Duration;

/** Counts and times what really goes out, and reads what comes back. */
record Watched(Sender next, RequestCount count, Link link) implements Hop {

    @Override
    public Heard send(Request request) {
        long began = link.time().nanos().getAsLong();
        Reply reply = next.send(request);
        Duration took = Duration.ofNanos(link.time().nanos().getAsLong() - began);
        count.add(reply.requests());
        Heard heard = link.heard(reply);
        link.meters().request(link.connection(), heard.state(), reply.requests(), took);
        return heard;
    }
}
