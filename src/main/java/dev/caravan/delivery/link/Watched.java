package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.time.Duration;

/** Counts and times what really goes out. */
record Watched(Sender next, RequestCount count, Link link) implements Sender {

    @Override
    public Reply send(Request request) {
        long began = link.time().nanos().getAsLong();
        Reply reply = next.send(request);
        Duration took = Duration.ofNanos(link.time().nanos().getAsLong() - began);
        count.add(reply.requests());
        link.meters().request(link.connection(), link.signal(reply).state(), reply.requests(), took);
        return reply;
    }
}
