package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.spec.JobSpec;
import java.time.Duration;

/**
 * How long a job has been waited for.
 *
 * @param misses answers in a row that said nothing
 */
record Pace(JobSpec.Poll poll, Duration waited, int misses) {

    private static final int MOST_MISSES = 10;

    static Pace of(JobSpec.Poll poll) {
        return new Pace(poll, Duration.ZERO, 0);
    }

    /** After an answer that it still goes on. */
    Pace going() {
        return new Pace(poll, waited.plus(poll.every()), 0);
    }

    /** After an answer that said nothing, or none. */
    Pace missed() {
        return new Pace(poll, waited.plus(poll.every()), misses + 1);
    }

    boolean unheard() {
        return misses > MOST_MISSES;
    }

    /** Whether it is time to leave it to a later run. */
    boolean over() {
        return unheard() || waited.compareTo(poll.longest()) > 0;
    }
}
