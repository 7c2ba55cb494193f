package dev.caravan.delivery;

import dev.caravan.delivery.link.Sender;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Remembers until when the destination wants to be left alone, which an outcome cannot always say: where an answer says no more than
 * "unclear", its rows still have to wait (invariant I11). One thread.
 */
final class Asked implements Sender {

    /** A day of a zone may have 25 hours. */
    private static final Duration LONGEST = Duration.ofHours(25);

    private final Sender next;
    private final Destination destination;
    private final InstantSource clock;
    private Instant until = Instant.MIN;
    private boolean answered;

    Asked(Sender next, Destination destination, InstantSource clock) {
        this.next = next;
        this.destination = destination;
        this.clock = clock;
    }

    @Override
    public Reply send(Request request) {
        Reply reply = next.send(request);
        answered = reply instanceof Reply.Answer;
        destination
                .observe(reply, clock.instant())
                .notBefore()
                .filter(told -> told.isAfter(until))
                .ifPresent(told -> until = told);
        return reply;
    }

    /** The outcomes, none of which is put off for longer than a wrong date in an answer should be believed. */
    List<Outcome> believed(List<Outcome> outcomes) {
        Instant latest = clock.instant().plus(LONGEST);
        return outcomes.stream()
                .map(outcome -> outcome instanceof Outcome.Deferred later ? later.by(latest) : outcome)
                .toList();
    }

    /** Whether the last request was answered, be it only to say that something went wrong. */
    boolean answered() {
        return answered;
    }

    /** The latest moment asked for; {@link Instant#MIN} if none was. */
    Instant until() {
        return until;
    }
}
