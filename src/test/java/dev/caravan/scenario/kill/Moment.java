package dev.caravan.scenario.kill;

import dev.caravan.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * When a worker is killed: once it has said a word and the sandbox has answered so many write requests since, a while later.
 *
 * @param word the step that has begun, as the worker names it
 * @param requests of the kind that deliver rows
 * @param more milliseconds after that
 */
record Moment(String word, long requests, long more) {

    /** Anywhere between the first batch and the last. */
    static Moment amongBatches(RandomGenerator random) {
        return new Moment("deliver", random.nextLong(24), random.nextLong(100));
    }

    /** Anywhere between the creation of a job and its results. */
    static Moment duringJob(RandomGenerator random) {
        return new Moment("deliver", random.nextLong(5), random.nextLong(150));
    }

    /** After the last outcome: while the snapshot takes the outcomes over. */
    static Moment duringSettle(RandomGenerator random) {
        return new Moment("settle", 0, random.nextLong(200));
    }

    /** While a restarted worker recovers, plans or sends the rest. */
    static Moment duringRecovery(RandomGenerator random) {
        List<String> steps = List.of("claim", "recover", "read", "map", "guard", "deliver");
        return new Moment(steps.get(random.nextInt(steps.size())), 0, random.nextLong(150));
    }

    static long seen(Sandbox sandbox) {
        Map<String, Long> counts = sandbox.state().requestsByOperation();
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("collections.")
                        || entry.getKey().startsWith("bulk."))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
