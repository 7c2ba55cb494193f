package dev.caravan.connector.declared.spec;

import java.time.Duration;
import java.time.ZoneId;

/** How long to wait. */
public sealed interface Wait {

    /** As long as the answer says. */
    record Told(Reading reading) implements Wait {}

    /** So long. */
    record Fixed(Duration time) implements Wait {}

    /** Until the next day begins there. */
    record Midnight(ZoneId zone) implements Wait {}

    /** Longer each time, as the delivery does it by itself. */
    record Backoff() implements Wait {}
}
