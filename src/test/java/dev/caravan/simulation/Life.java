package dev.caravan.simulation;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.run.Accounting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a seed.
 *
 * @param shared whether two workers shared the ledger
 * @param hash of all that happened, in its order; the same for the same seed
 * @param requests that left a worker
 * @param faults by kind
 * @param crashes how often a process died, by place
 * @param accounting of all runs together
 */
record Life(
        long seed,
        List<IdempotencyClass> classes,
        boolean shared,
        long hash,
        int steps,
        int rounds,
        int runs,
        long requests,
        Map<Fault, Integer> faults,
        Map<String, Integer> crashes,
        Accounting accounting,
        List<String> violations) {

    /** Faults of all kinds. */
    int struck() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    int faults(Fault kind) {
        return faults.getOrDefault(kind, 0);
    }

    /** Whether it proves something, and nothing was wrong. */
    boolean isSound() {
        return violations.isEmpty() && struck() >= Simulation.FAULTS;
    }

    /** The classes' letters. */
    String letters() {
        return classes.stream().map(IdempotencyClass::name).collect(Collectors.joining("+"));
    }

    /** What was wrong, and the command that lives it again. */
    String told() {
        String wrong = violations.isEmpty() ? "only " + struck() + " faults" : String.join("; ", violations);
        return "seed %d (%s, %s): %s%n  again: mvn -Pquick test -Dtest=SimulationTest#noInvariantIsBroken -Dcaravan.sim.seed=%d%s"
                .formatted(
                        seed,
                        letters(),
                        shared ? "two workers" : "one worker",
                        wrong,
                        seed,
                        shared == Simulation.isShared(seed) ? "" : " -Dcaravan.sim.workers=" + (shared ? 2 : 1));
    }

    /** The books of two added up. */
    static Accounting sum(Accounting one, Accounting other) {
        return new Accounting(
                one.planned() + other.planned(),
                one.accepted() + other.accepted(),
                one.rejected() + other.rejected(),
                one.held() + other.held(),
                one.unknown() + other.unknown(),
                one.superseded() + other.superseded());
    }
}
