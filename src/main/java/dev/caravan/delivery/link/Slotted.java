package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.util.Optional;

/** At most so many requests at once, in turn among runs, which their stops tell apart. The wait ends with others' requests, whose time is bounded. */
record Slotted(Sender next, Turns slots, StopSignal stop) implements Sender {

    @Override
    public Reply send(Request request) {
        Optional<String> stopped = slots.take(stop, stop);
        if (stopped.isPresent()) {
            return new Reply.NotSent(stopped.get(), "", Optional.empty(), 0);
        }
        try {
            return next.send(request);
        } finally {
            slots.give(stop);
        }
    }
}
