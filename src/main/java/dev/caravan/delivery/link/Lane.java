package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.SlidingWindow;
import dev.caravan.delivery.limit.Throttle;
import dev.caravan.transport.Request;
import java.util.List;
import java.util.function.Predicate;

/** Requests with a limit of their own, beside that of all, such as searches: they wait for it in a line of their own. */
record Lane(Predicate<Request> concerns, Turns line, Throttle throttle) {

    static Lane of(ConnectionLimits.Window window, Time time) {
        return new Lane(
                window.concerns(),
                new Turns(1, time.monitors().get()),
                new SlidingWindow(window.requests(), window.per(), time.nanos()));
    }

    /** A hop that lets its requests through as often as they may go, and all others at once. */
    Hop before(Hop next, Link link, StopSignal stop) {
        Hop paced = new Paced(next, line, List.of(throttle), link, stop);
        return request -> concerns.test(request) ? paced.send(request) : next.send(request);
    }
}
