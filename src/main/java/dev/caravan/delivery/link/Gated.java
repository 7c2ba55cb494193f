package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.util.Optional;

/** Lets nothing pass once the run is stopped or paused. */
record Gated(Sender next, StopSignal stop) implements Sender {

    @Override
    public Reply send(Request request) {
        Optional<String> reason = stop.reason();
        return reason.isPresent() ? new Reply.NotSent(reason.get(), "", Optional.empty(), 0) : next.send(request);
    }
}
