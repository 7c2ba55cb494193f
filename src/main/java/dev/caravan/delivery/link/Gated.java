package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.util.Optional;

/** Lets nothing pass once the run is stopped or paused, and no rows whose time is over. */
record Gated(Sender next, StopSignal stop, StopSignal late) implements Sender {

    @Override
    public Reply send(Request request) {
        Optional<String> reason = stop.andOf(request, late).reason();
        return reason.isPresent() ? new Reply.NotSent(reason.get(), "", Optional.empty(), 0) : next.send(request);
    }
}
