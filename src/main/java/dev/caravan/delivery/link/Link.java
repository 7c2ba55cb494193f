package dev.caravan.delivery.link;

import dev.caravan.destination.Destination;
import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;

/**
 * What every decorator of a connection may need: its name, how to read its replies, and whom to tell. A request passes all decorators on
 * one thread, and each asks what its reply means: that is read once, since an answer may be large.
 */
@SuppressWarnings({"ThreadLocalUsage", "ReferenceEquality"})
final class Link {

    private final String connection;
    private final Destination destination;
    private final Time time;
    private final DeliveryMeters meters;
    /** One for each connection. By identity: another reply may be equal. */
    private final ThreadLocal<Heard> last = new ThreadLocal<>();

    Link(String connection, Destination destination, Time time, DeliveryMeters meters) {
        this.connection = connection;
        this.destination = destination;
        this.time = time;
        this.meters = meters;
    }

    private record Heard(Reply reply, Signal signal) {}

    String connection() {
        return connection;
    }

    Time time() {
        return time;
    }

    DeliveryMeters meters() {
        return meters;
    }

    /** What a reply says about the connection, told from the moment at which the first decorator asks. */
    Signal signal(Reply reply) {
        Heard heard = last.get();
        if (heard == null || heard.reply() != reply) {
            heard = new Heard(reply, destination.observe(reply, time.clock().instant()));
            last.set(heard);
        }
        return heard.signal();
    }

    /** The reply has passed the last decorator. */
    void passed() {
        last.remove();
    }
}
