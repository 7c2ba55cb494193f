package dev.caravan.delivery.link;

import dev.caravan.transport.Request;
import java.util.Optional;

/** At most so many requests at once, in turn among runs, which their stops tell apart. The wait ends with others' requests, whose time is bounded. */
record Slotted(Hop next, Turns slots, Link link, StopSignal stop) implements Hop {

    @Override
    public Heard send(Request request) {
        Optional<String> stopped = slots.take(stop, stop);
        if (stopped.isPresent()) {
            return link.notSent(stopped.get(), "", Optional.empty());
        }
        try {
            return next.send(request);
        } finally {
            slots.give(stop);
        }
    }
}
