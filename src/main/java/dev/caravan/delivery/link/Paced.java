package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.Throttle;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lets requests out one by one, in turn among runs, as soon as every throttle lets the next one go. Only the first in line waits for the
 * throttles, so that no turn is kept by who is not there yet; who would wait too long is told so instead.
 */
record Paced(Hop next, Turns line, List<Throttle> throttles, Link link, StopSignal stop) implements Hop {

    /** Covers the windows of a minute that many destinations have. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @Override
    public Heard send(Request request) {
        Optional<Heard> held = inLine();
        if (held.isPresent()) {
            return held.get();
        }
        Heard heard = link.defect();
        try {
            heard = next.send(request);
            return heard;
        } finally {
            ended(heard);
        }
    }

    private void ended(Heard heard) {
        throttles.forEach(throttle -> throttle.ended(heard.reply(), heard.signal()));
    }

    private Optional<Heard> inLine() {
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

    private Optional<Heard> firstInLine(long began) {
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

    private Heard notSent(String reason, Optional<Instant> then) {
        return link.notSent(reason, "the connection's limits", then);
    }
}
