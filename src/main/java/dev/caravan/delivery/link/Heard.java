package dev.caravan.delivery.link;

import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;

/**
 * A reply and what it says about the connection. Read once where the reply came to be and handed up from there: an answer may be large,
 * and every decorator wants to know.
 */
record Heard(Reply reply, Signal signal) {

    Signal.State state() {
        return signal.state();
    }
}
