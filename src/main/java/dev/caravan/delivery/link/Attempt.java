package dev.caravan.delivery.link;

import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt at a request and what it says about a further one.
 *
 * @param at when the reply came
 */
record Attempt(Request request, Reply reply, Signal signal, Instant at) {

    /** Why the same request may be sent again; empty if it must not, or if that would not help. */
    Optional<String> retryReason() {
        boolean again = request.replay() != Replay.NEVER;
        return switch (reply) {
            case Reply.NotSent not -> not.reason().equals("refused") ? Optional.of("refused") : Optional.empty();
            case Reply.Lost lost -> again ? Optional.of("lost") : Optional.empty();
            case Reply.Answer answer ->
                switch (signal.state()) {
                    case BUSY -> request.mayFollow(answer) ? Optional.of("busy") : Optional.empty();
                    case TROUBLED -> again ? Optional.of("troubled") : Optional.empty();
                    case WELL, EXHAUSTED, LOCKED_OUT -> Optional.empty();
                };
        };
    }

    /** Whether nobody knows if this attempt was applied. */
    boolean doubtful() {
        return switch (reply) {
            case Reply.NotSent not -> false;
            case Reply.Lost lost -> true;
            case Reply.Answer answer -> signal.state() == State.TROUBLED;
        };
    }

    /** How long the destination wants to be left alone; zero if it does not say. */
    Duration asked() {
        Duration wait =
                signal.notBefore().map(until -> Duration.between(at, until)).orElse(Duration.ZERO);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
