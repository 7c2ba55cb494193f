package dev.caravan.delivery.link;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says {@code late} once either clock says so: the monotonic one stands still while a machine sleeps, the other may be put back.
 *
 * @param nanos when, by the monotonic clock
 * @param wall when, by the other
 */
public record Deadline(Time time, long nanos, Instant wall) implements StopSignal {

    private static final String REASON = "late";

    /** So long from now. */
    public static Deadline in(Time time, Duration most) {
        return new Deadline(
                time,
                time.nanos().getAsLong() + most.toNanos(),
                time.clock().instant().plus(most));
    }

    /** The same, but no later than then by the wall clock. */
    public Deadline notAfter(Instant then) {
        return then.isBefore(wall) ? new Deadline(time, nanos, then) : this;
    }

    @Override
    public Optional<String> reason() {
        boolean over =
                time.nanos().getAsLong() - nanos >= 0 || !time.clock().instant().isBefore(wall);
        return over ? Optional.of(REASON) : Optional.empty();
    }
}
