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
record Rationed(Hop next, Allowance allowance, Link link) implements Hop {

    @Override
    public Heard send(Request request) {
        Optional<Instant> gone = allowance.exhaustedUntil();
        if (gone.isPresent()) {
            return link.notSent("quota", "the destination's daily allowance is used up", gone);
        }
        Optional<Instant> reserved = request.replay() == Replay.READ ? Optional.empty() : allowance.reservedUntil();
        if (reserved.isPresent()) {
            return link.notSent("quota", "our share of the daily allowance is used up", reserved);
        }
        Heard heard = next.send(request);
        if (heard.reply() instanceof Reply.Answer) {
            allowance.learn(heard.signal());
            allowance.quota().ifPresent(quota -> link.meters().quota(link.connection(), quota.share()));
        }
        return heard;
    }
}
