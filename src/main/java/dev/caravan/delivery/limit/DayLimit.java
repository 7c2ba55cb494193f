package dev.caravan.delivery.limit;

import dev.caravan.transport.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * So much in a day, which nobody waits for and no restart forgets.
 *
 * @param name tells it apart from the connection's others
 * @param most so much in all
 * @param writes from here on only what writes nothing goes out; {@code most} at most
 * @param rows whether rows count, and a request without any as one; else requests
 * @param day when a day begins; empty for any 24 hours
 * @param concerns which requests; the others do not count
 */
public record DayLimit(
        String name, long most, long writes, boolean rows, Optional<Day> day, Predicate<Request> concerns) {

    private static final Duration ANY = Duration.ofDays(1);

    public DayLimit {
        if (most < 1 || writes < 1 || writes > most) {
            throw new IllegalArgumentException("a limit out of range");
        }
    }

    /** A day that begins at this time of this zone's clocks. */
    public record Day(LocalTime at, ZoneId zone) {

        private Instant begun(Instant now) {
            ZonedDateTime there = now.atZone(zone);
            Instant today = on(there);
            return today.isAfter(now) ? on(there.minusDays(1)) : today;
        }

        /** The first beginning at or after a moment. */
        private Instant next(Instant moment) {
            Instant begun = begun(moment);
            return begun.equals(moment) ? begun : on(begun.atZone(zone).plusDays(1));
        }

        private Instant on(ZonedDateTime day) {
            return day.toLocalDate().atTime(at).atZone(zone).toInstant();
        }
    }

    long amount(Request request) {
        return rows ? Math.max(1, request.rows()) : 1;
    }

    /** What was counted before this does not count now. */
    Instant from(Instant now) {
        return day.map(each -> each.begun(now)).orElse(now.minus(ANY));
    }

    /** When what was counted at a moment counts no longer. */
    Instant over(Instant counted) {
        return day.map(each -> each.next(counted)).orElse(counted.plus(ANY));
    }
}
