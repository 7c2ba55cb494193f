package dev.caravan.delivery.link;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Time as delivery needs it, handed in so that tests can hold it.
 *
 * @param clock for instants that are compared with what a destination says
 * @param nanos monotonic nanoseconds of any origin, for rates and durations, which a corrected clock must not disturb
 * @param monitors a new monitor each, for threads that wait for each other
 */
public record Time(InstantSource clock, LongSupplier nanos, Sleeper sleeper, Supplier<Monitor> monitors) {

    /** Time in which real threads wait for each other. */
    public Time(InstantSource clock, LongSupplier nanos, Sleeper sleeper) {
        this(clock, nanos, sleeper, Monitor::real);
    }
}
