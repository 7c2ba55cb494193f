package dev.caravan.delivery.link;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time as delivery needs it, handed in so that tests can hold it.
 *
 * @param clock for instants that are compared with what a destination says
 * @param nanos monotonic nanoseconds of any origin, for rates and durations, which a corrected clock must not disturb
 */
public record Time(InstantSource clock, LongSupplier nanos, Sleeper sleeper) {}
