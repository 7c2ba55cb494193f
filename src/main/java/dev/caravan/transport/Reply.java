package dev.caravan.transport;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a request. The difference between {@link NotSent} and {@link Lost} is the heart of the protocol: after
 * the one the destination has certainly not applied it, after the other nobody knows.
 */
public sealed interface Reply {

    /** Requests this cost on the wire: log-ins and replays after an expired token included. */
    int requests();

    /** A complete, well-formed answer in the form that belongs to the request's. */
    sealed interface Answer extends Reply permits HttpAnswer, SqlAnswer, StoreAnswer, PublishAnswer {

        /** The same answer at another cost. */
        Answer costing(int wire);
    }

    /**
     * Certainly not applied: the connection was refused, log-in failed, a limit, breaker, quota or pause held it back.
     *
     * @param reason a stable word: {@code refused}, {@code login}, {@code breaker}, {@code quota}, {@code paused}, {@code stopped}…
     * @param notBefore when it makes sense to try again; empty if nothing says so
     */
    record NotSent(String reason, String detail, Optional<Instant> notBefore, int requests) implements Reply {}

    /** It left, and no complete answer came: timeout, reset, truncated answer. */
    record Lost(String reason, int requests) implements Reply {}
}
