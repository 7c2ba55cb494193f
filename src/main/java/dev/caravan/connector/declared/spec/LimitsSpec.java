package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.template.When;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How much a destination takes.
 *
 * @param concurrency requests at a time; 0 where it does not say
 * @param requests its rates: of those with one name and path the first whose settings hold
 * @param observed what its answers tell
 */
public record LimitsSpec(int concurrency, List<Rate> requests, List<Observed> observed) {

    public LimitsSpec {
        requests = List.copyOf(requests);
        observed = List.copyOf(observed);
    }

    /**
     * So many requests in so long a time.
     *
     * @param max so many, unless a setting says how many
     * @param maxOf the setting that says how many; without a value of it the rate does not hold
     * @param per an hour at most, or a day
     * @param count what is counted in a day
     * @param day when a day begins; empty for any 24 hours
     * @param when the settings with which it counts
     * @param path what the paths of the requests match that it is about; empty for all
     */
    public record Rate(
            String name,
            long max,
            Optional<String> maxOf,
            Duration per,
            Count count,
            Optional<Day> day,
            When when,
            Optional<Pattern> path) {

        /** What nobody waits for. */
        public static final Duration DAY = Duration.ofDays(1);

        /** A rate of requests. */
        public Rate(String name, long max, Duration per, When when, Optional<Pattern> path) {
            this(name, max, Optional.empty(), per, Count.REQUESTS, Optional.empty(), when, path);
        }

        /** Whether it is of a whole day. */
        public boolean ofDay() {
            return per.equals(DAY);
        }
    }

    /** A day that begins at this time of this zone's clocks. */
    public record Day(LocalTime at, ZoneId zone) {}

    /** What is counted. */
    public enum Count {
        /** Each request. */
        REQUESTS,
        /** Each row that a request carries; one without rows is one. */
        ROWS
    }

    /**
     * What an answer tells; with several values in one answer the scarcest counts.
     *
     * @param remaining how many more; else {@code limit} less {@code used}
     * @param used a share with {@link Reading.As#PERCENT} needs no limit
     * @param resets when the count starts anew
     */
    public record Observed(
            Kind kind,
            Optional<Reading> limit,
            Optional<Reading> remaining,
            Optional<Reading> used,
            Optional<Reading> resets) {}

    /** What kind of limit. */
    public enum Kind {
        /** Within seconds or minutes: {@code Signal.Window}. */
        WINDOW,
        /** Of a day or longer: {@code Signal.Quota}. */
        QUOTA
    }
}
