package dev.caravan.pipeline;

import dev.caravan.ledger.Claim;
import dev.caravan.run.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The runs that this process is executing. Any other run that the ledger calls running belongs to a dead process. */
public final class LiveRuns {

    private final Set<Long> running = new HashSet<>();

    /** Claims under one lock, so that a run is known to be alive before anybody else can ask. */
    synchronized Claim claim(Function<List<Long>, Claim> claim) {
        Claim result = claim.apply(new ArrayList<>(running));
        if (result instanceof Claim.Granted granted) {
            running.add(granted.run());
        }
        return result;
    }

    /** The run has ended. */
    synchronized void ended(long run) {
        running.remove(run);
    }

    /** Does something while no run can start, unless one of these is going on; says which one. */
    synchronized Optional<Run> between(Supplier<List<Run>> unfinished, Runnable action) {
        Optional<Run> busy = unfinished.get().stream()
                .filter(run -> running.contains(run.id()))
                .findFirst();
        if (busy.isEmpty()) {
            action.run();
        }
        return busy;
    }

    /** How many runs are going on. */
    public synchronized int count() {
        return running.size();
    }
}
