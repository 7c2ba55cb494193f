package dev.caravan.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What connections have taken of limits of a day. Durable before it is used, so that neither a restart nor another worker takes it a second
 * time. It is kept by stretches of time, not one by one. Safe for use by many threads.
 */
public interface Spending {

    /** How long a stretch is. Stretches begin at multiples of it since 1970. */
    Duration STRETCH = Duration.ofMinutes(5);

    /** How much longer a stretch is kept than it counts: somebody may find that a day began earlier than was thought. */
    Duration KEPT = Duration.ofDays(2);

    /** One limit of a connection, by the names of both. */
    record Purse(String connection, String limit) {}

    /**
     * Takes an amount, unless more than {@code most} would then be taken in the stretches that began after {@code since}. Earlier ones do
     * not count, and are forgotten {@link #KEPT} later.
     *
     * @param at the moment to whose stretch it is added
     */
    Taken take(Purse purse, Instant since, long most, long amount, Instant at);

    /** Adds to the stretch of a moment what was spent unasked; what is negative was taken then and not spent. */
    void add(Purse purse, long amount, Instant at);

    /** The beginning of a moment's stretch. */
    static Instant stretch(Instant at) {
        long length = STRETCH.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length) * length);
    }

    /**
     * What asking came to.
     *
     * @param stretches what is taken by now, by the beginnings of the stretches
     */
    record Taken(boolean granted, SortedMap<Instant, Long> stretches) {

        /** All that is taken. */
        public long sum() {
            return stretches.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
