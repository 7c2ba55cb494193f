package dev.caravan.delivery.link;

import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import java.util.Optional;

/** Whether a run may go on sending. Asked before each request and several times a second while waiting: keep it cheap. */
@FunctionalInterface
public interface StopSignal {

    /** Nothing ever stops. */
    StopSignal NEVER = Optional::empty;

    /** Why nothing more may be sent, {@code stopped} or {@code paused}; empty while all is well. Once present, it stays. */
    Optional<String> reason();

    /** This and, of a request that carries rows or starts something, another. */
    default StopSignal andOf(Request request, StopSignal late) {
        return request.replay() == Replay.NEVER ? () -> reason().or(late::reason) : this;
    }
}
