package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.Reading;
import dev.caravan.connector.declared.spec.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** Until when a destination wants to be left alone. */
final class Waits {

    /** A day of a zone may have 25 hours; more would let a wrong header stop a connection for good. */
    private static final Duration MOST = Duration.ofHours(25);

    /** What HTTP itself has for it, whatever a connector says. */
    private static final Reading RETRY_AFTER =
            new Reading(Optional.of("retry-after"), Optional.empty(), Optional.empty(), Reading.As.SECONDS_OR_DATE);

    private Waits() {}

    /** The first wait that the answer tells, else its Retry-After; never before now. */
    static Optional<Instant> until(List<Wait> waits, Subject subject, Instant now) {
        return told(waits, subject, Optional.of(now))
                .map(at -> at.isAfter(now.plus(MOST)) ? now.plus(MOST) : at)
                .map(at -> at.isBefore(now) ? now : at);
    }

    /** The same where nobody knows what time it is: only what names a time by itself. */
    static Optional<Instant> dated(List<Wait> waits, Subject subject) {
        return told(waits, subject, Optional.empty());
    }

    private static Optional<Instant> told(List<Wait> waits, Subject subject, Optional<Instant> now) {
        for (Wait wait : waits) {
            Optional<Instant> at = told(wait, subject, now);
            if (at.isPresent() || wait instanceof Wait.Backoff) {
                return at;
            }
        }
        return Readings.time(RETRY_AFTER, subject, now);
    }

    private static Optional<Instant> told(Wait wait, Subject subject, Optional<Instant> now) {
        return switch (wait) {
            case Wait.Told told -> Readings.time(told.reading(), subject, now);
            case Wait.Fixed fixed -> now.map(at -> at.plus(fixed.time()));
            case Wait.Midnight midnight ->
                now.map(at -> ZonedDateTime.ofInstant(at, midnight.zone())
                        .toLocalDate()
                        .plusDays(1)
                        .atStartOfDay(midnight.zone())
                        .toInstant());
            case Wait.Backoff backoff -> Optional.empty();
        };
    }
}
