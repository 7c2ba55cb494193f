package dev.caravan.delivery.limit;

import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;

/** Lets requests out only so often. Only one thread at a time asks {@link #left} and says {@link #goes}; {@link #ended} comes from any. */
public interface Throttle {

    /** How many nanoseconds the next request must wait at least; none or less: it may go now. Ask again after the wait. */
    long left();

    /** A request goes out now. {@link #ended} follows, whatever becomes of it. */
    void goes();

    /**
     * A request has ended.
     *
     * @param reply its reply, also one that says that it was not sent after all
     * @param signal what the reply says about the connection
     */
    void ended(Reply reply, Signal signal);

    /** Why a request is not sent that would have to wait too long: {@code limit} is ours, {@code busy} the destination's. */
    String reason();
}
