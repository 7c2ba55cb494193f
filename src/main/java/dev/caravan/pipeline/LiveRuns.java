package dev.caravan.pipeline;

import dev.caravan.ledger.Claim;
import dev.caravan.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** The runs that this process is executing. Any other run that the ledger calls running belongs to a dead process. */
public final class LiveRuns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Set<Long> running = new HashSet<>();

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Claims under one lock, so that a run is known to be alive before anybody else can ask. */
    Claim claim(Function<List<Long>, Claim> claim) {
        return locked(() -> {
            Claim result = claim.apply(new ArrayList<>(running));
            if (result instanceof Claim.Granted granted) {
                running.add(granted.run());
            }
            return result;
        });
    }

    /** The run has ended. */
    void ended(long run) {
        lock.lock();
        try {
            running.remove(run);
            if (running.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does something while no run can start, unless one of these is going on; says which one. */
    Optional<Run> between(Supplier<List<Run>> unfinished, Runnable action) {
        return locked(() -> {
            Optional<Run> busy = unfinished.get().stream()
                    .filter(run -> running.contains(run.id()))
                    .findFirst();
            if (busy.isEmpty()) {
                action.run();
            }
            return busy;
        });
    }

    /** How many runs are going on. */
    public int count() {
        return locked(running::size);
    }

    /** Waits until no run is going on; tells whether that is so in time. */
    public boolean awaitNone(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!running.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
            return running.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return running.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
