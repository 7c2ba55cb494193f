package dev.caravan.delivery.limit;

import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;
import java.util.function.LongSupplier;

/** So many requests a second, evenly: a burst at each turn of the second would be twice the rate for a moment. */
public final class Spacing implements Throttle {

    private final long apart;
    private final LongSupplier nanos;
    private long last;

    /** More than no request a second; the first may go at once. */
    public Spacing(double requestsPerSecond, LongSupplier nanos) {
        this.apart = (long) (1e9 / requestsPerSecond);
        this.nanos = nanos;
        this.last = nanos.getAsLong() - apart;
    }

    @Override
    public synchronized long left() {
        return apart - (nanos.getAsLong() - last);
    }

    @Override
    public synchronized void goes() {
        last = nanos.getAsLong();
    }

    @Override
    public void ended(Reply reply, Signal signal) {
        // When it came back does not matter for when the next may go.
    }

    @Override
    public String reason() {
        return "limit";
    }
}
