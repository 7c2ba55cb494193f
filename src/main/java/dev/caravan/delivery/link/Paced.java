package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.Throttle;
import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lets requests out one by one, in turn among runs, as soon as every throttle lets the next one go. Only the first in line waits for the
 * throttles, so that no turn is kept by who is not there yet; who would wait too long is told so instead.
 */
record Paced(Sender next, Turns line, List<Throttle> throttles, Link link, StopSignal stop) implements Sender {

    /** Covers the windows of a minute that many destinations have. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @Override
    public Reply send(Request request) {
        Optional<Reply> held = inLine();
        if (held.isPresent()) {
            return held.get();
        }
        // Stands for the end of a request of which nothing is known, should the way out throw.
        Reply reply = new Reply.Lost("defect", 1);
        try {
            reply = next.send(request);
            return reply;
        } finally {
            ended(reply, link.signal(reply));
        }
    }

    private void ended(Reply reply, Signal signal) {
        throttles.forEach(throttle -> throttle.ended(reply, signal));
    }

    private Optional<Reply> inLine() {
        long began = now();
        Optional<String> over = line.take(stop, () -> stop.reason().or(() -> late(began, 0)));
        if (over.isPresent()) {
            return Optional.of(notSent(over.get(), Optional.empty()));
        }
        try {
            return firstInLine(began);
        } finally {
            line.give(stop);
        }
    }

    private Optional<Reply> firstInLine(long began) {
        Patience patience = new Patience(link.time().sleeper());
        Optional<Throttle> holding = holding();
        while (holding.isPresent()) {
            long left = holding.get().left();
            if (late(began, left).isPresent()) {
                Instant then = link.time().clock().instant().plusNanos(left);
                return Optional.of(notSent(holding.get().reason(), Optional.of(then)));
            }
            Optional<String> stopped = patience.await(Duration.ofNanos(left), stop);
            if (stopped.isPresent()) {
                return Optional.of(notSent(stopped.get(), Optional.empty()));
            }
            holding = holding();
        }
        throttles.forEach(Throttle::goes);
        return Optional.empty();
    }

    private Optional<Throttle> holding() {
        return throttles.stream().filter(throttle -> throttle.left() > 0).findFirst();
    }

    private Optional<String> late(long began, long more) {
        return now() - began + more > LONGEST_WAIT.toNanos() ? Optional.of("limit") : Optional.empty();
    }

    private long now() {
        return link.time().nanos().getAsLong();
    }

    private static Reply notSent(String reason, Optional<Instant> then) {
        return new Reply.NotSent(reason, "the connection's limits", then, 0);
    }
}
