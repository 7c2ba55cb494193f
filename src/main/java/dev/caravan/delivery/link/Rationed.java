package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps within the daily allowance. Nothing is sent while the destination says that it is gone. From our share on, writes stop and
 * reads go on: to learn what became of a write already sent is worth a request.
 */
record Rationed(Sender next, Allowance allowance, Link link) implements Sender {

    @Override
    public Reply send(Request request) {
        Optional<Instant> gone = allowance.exhaustedUntil();
        if (gone.isPresent()) {
            return new Reply.NotSent("quota", "the destination's daily allowance is used up", gone, 0);
        }
        Optional<Instant> reserved = request.replay() == Replay.READ ? Optional.empty() : allowance.reservedUntil();
        if (reserved.isPresent()) {
            return new Reply.NotSent("quota", "our share of the daily allowance is used up", reserved, 0);
        }
        Reply reply = next.send(request);
        if (reply instanceof Reply.Answer) {
            allowance.learn(link.signal(reply));
            allowance.quota().ifPresent(quota -> link.meters().quota(link.connection(), quota.share()));
        }
        return reply;
    }
}
