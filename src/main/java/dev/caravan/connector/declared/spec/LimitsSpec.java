package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.template.When;
import java.time.Duration;
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
     * @param per an hour at most: what is longer is a quota, which answers tell
     * @param when the settings with which it counts
     * @param path what the paths of the requests match that it is about; empty for all
     */
    public record Rate(String name, long max, Duration per, When when, Optional<Pattern> path) {}

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
