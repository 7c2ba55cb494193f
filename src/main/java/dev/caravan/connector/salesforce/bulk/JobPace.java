package dev.caravan.connector.salesforce.bulk;

import java.time.Duration;

/**
 * How long to wait before the next look at a job: short at first, since small jobs are done in a moment, then half as long
 * again each time.
 *
 * @param pause the next pause
 * @param waited all pauses so far
 * @param misses answers in a row that said nothing
 */
record JobPace(Duration pause, Duration waited, int misses) {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration AFTER_MISS = Duration.ofSeconds(1);

    /** A batch of rows may take five minutes and twenty tries, and jobs queue. */
    private static final Duration PATIENCE = Duration.ofHours(4);

    private static final int MOST_MISSES = 10;

    /** A fresh start, the slower the larger the job. */
    static JobPace of(int rows) {
        return new JobPace(rows > 10_000 ? SHORTEST.multipliedBy(5) : SHORTEST, Duration.ZERO, 0);
    }

    /** The pace after an answer that the job is still going on. */
    JobPace going() {
        return new JobPace(longer(pause), waited.plus(pause), 0);
    }

    /** The pace after an answer that said nothing, or none. */
    JobPace missed() {
        Duration next = pause.compareTo(AFTER_MISS) < 0 ? AFTER_MISS : longer(pause);
        return new JobPace(next, waited.plus(pause), misses + 1);
    }

    /** Whether the job has not been heard of for too long. */
    boolean unheard() {
        return misses > MOST_MISSES;
    }

    /** Whether it is time to leave the job to a later run. */
    boolean over() {
        return unheard() || waited.compareTo(PATIENCE) > 0;
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(LONGEST) > 0 ? LONGEST : next;
    }
}
