package dev.caravan.delivery.link;

import dev.caravan.transport.Request;
import java.util.Optional;

/** Lets nothing pass once the run is stopped or paused, and no rows whose time is over. */
record Gated(Hop next, StopSignal stop, StopSignal late, Link link) implements Hop {

    @Override
    public Heard send(Request request) {
        Optional<String> reason = stop.andOf(request, late).reason();
        return reason.isPresent() ? link.notSent(reason.get(), "", Optional.empty()) : next.send(request);
    }
}
