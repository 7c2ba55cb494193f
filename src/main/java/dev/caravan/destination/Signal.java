package dev.caravan.destination;

import java.time.Instant;
import java.util.Optional;

/**
 * What an answer says about the connection as a whole, beside its rows. Read by limiter, breaker and quota for every reply.
 *
 * @param state whether the destination is well
 * @param notBefore when it wants to be asked again, if it says so
 * @param quota the allowance, if it says so
 * @param window how many requests it still takes within minutes, if it says so
 */
public record Signal(State state, Optional<Instant> notBefore, Optional<Quota> quota, Optional<Window> window) {

    /** A signal of a destination that tells no rate. */
    public Signal(State state, Optional<Instant> notBefore, Optional<Quota> quota) {
        this(state, notBefore, quota, Optional.empty());
    }

    /**
     * A rate limit as its headers tell it, shared with every other application of the account.
     *
     * @param remaining how many more requests are taken before it resets
     * @param resets when the count starts anew
     */
    public record Window(long remaining, Instant resets) {}

    /** How the destination is. */
    public enum State {
        /** It works; refusals of rows count as working. */
        WELL,
        /** It asks for less: 429 and the like. Not applied. */
        BUSY,
        /** The daily allowance is gone: stop, do not hammer. Not applied. */
        EXHAUSTED,
        /** It is in trouble: 5xx, or no answer. */
        TROUBLED,
        /** It does not let us in: credentials. Needs a person. Not applied. */
        LOCKED_OUT
    }
}
