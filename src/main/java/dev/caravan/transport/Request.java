package dev.caravan.transport;

import java.time.Duration;

/**
 * What a connector asks its transport to send: one exchange with the destination, in whichever form the destination takes. A transport
 * knows its own forms; that it is given another is a defect of the wiring.
 */
public sealed interface Request permits HttpRequest, SqlRequest, StoreRequest, PublishRequest, LogInRequest {

    /** What may be done when the answer is lost. */
    Replay replay();

    /** How long to wait for the whole answer. */
    Duration timeout();

    /** How many rows it is known to carry; 0 where nobody counts them, and of a request that carries none. */
    default int rows() {
        return 0;
    }

    /**
     * Whether the same request may be sent again after an answer that says "not now": always where it may be repeated anyhow, else only if
     * the answer certainly refused all of it. An answer that speaks of its rows may have written some of them.
     */
    default boolean mayFollow(Reply.Answer answer) {
        return true;
    }

    /** Whether the same request may be sent again although the first may have been applied. */
    enum Replay {
        /** It changes nothing. */
        READ,
        /** It carries no rows, and sending it again leaves the same state: to abort a job. */
        SAME_STATE,
        /**
         * Not without a trace. It carries rows, so that a repeat needs an intent of its own, whatever their idempotency class: the
         * first may land after it (invariant I8). Or it starts something that would then be there twice.
         */
        NEVER
    }
}
