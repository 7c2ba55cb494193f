package dev.caravan.pipeline;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.ledger.Claim;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The runs that this process is executing. Any other run that the ledger calls running belongs to a dead process, or where leases run
 * out to another worker, as long as its lease is good.
 */
public final class LiveRuns {

    private final Monitor monitor;
    private final Map<Long, MappingId> running = new HashMap<>();
    private final Duration patience;
    private final LeaseWatch leases;

    /** For a process that owns the ledger alone. */
    public LiveRuns(Monitor monitor) {
        this(monitor, LeaseWatch.NONE);
    }

    /** Closing takes moments; what takes longer than this hangs, and whoever waits is told so. */
    public LiveRuns(Monitor monitor, LeaseWatch leases) {
        this(monitor, leases, Duration.ofSeconds(30));
    }

    LiveRuns(Monitor monitor, Duration patience) {
        this(monitor, LeaseWatch.NONE, patience);
    }

    private LiveRuns(Monitor monitor, LeaseWatch leases, Duration patience) {
        this.monitor = monitor;
        this.leases = leases;
        this.patience = patience;
    }

    /**
     * Claims under one lock, so that a run is known to be alive before anybody else can ask.
     *
     * @param unfinished the mapping's runs that the ledger calls running
     * @param claim asks the ledger, given the runs that are alive
     * @throws EnvironmentFailure ({@code run.busy}) if the mapping's last run does not let go of its snapshot
     */
    Claim claim(MappingId mapping, Supplier<List<Run>> unfinished, Function<List<Long>, Claim> claim) {
        return monitor.locked(() -> {
            awaitClosing(mapping, unfinished);
            LeaseWatch.Moment asked = leases.now();
            Claim result = claim.apply(List.copyOf(running.keySet()));
            if (result instanceof Claim.Granted granted) {
                running.put(granted.run(), mapping);
                leases.granted(granted.run(), asked);
            }
            return result;
        });
    }

    /** A run whose books are closed still holds its snapshot for a moment: the next one waits that long. */
    private void awaitClosing(MappingId mapping, Supplier<List<Run>> unfinished) {
        try {
            if (!monitor.await(
                    () -> !running.containsValue(mapping) || live(unfinished).isPresent(), patience)) {
                throw stuck(mapping);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stuck(mapping);
        }
    }

    private static EnvironmentFailure stuck(MappingId mapping) {
        return new EnvironmentFailure(Problem.of(
                Code.RUN_BUSY,
                "the last run of " + mapping + " has ended but not let go of its snapshot yet",
                "say the command again; if it stays so, restart the worker"));
    }

    private Optional<Run> live(Supplier<List<Run>> unfinished) {
        return unfinished.get().stream()
                .filter(run -> running.containsKey(run.id()))
                .findFirst();
    }

    private Optional<Run> elsewhere(Supplier<List<Run>> unfinished) {
        return unfinished.get().stream()
                .filter(run -> leases.elsewhere(run.id()))
                .findFirst();
    }

    /** The run has ended. */
    void ended(long run) {
        monitor.holding(() -> {
            running.remove(run);
            leases.ended(run);
            monitor.changed();
        });
    }

    /**
     * Does something while no run can start, unless one of these is going on; says which one.
     *
     * @throws EnvironmentFailure as {@link #claim}
     */
    Optional<Run> between(MappingId mapping, Supplier<List<Run>> unfinished, Runnable action) {
        return monitor.locked(() -> {
            awaitClosing(mapping, unfinished);
            Optional<Run> busy = live(unfinished).or(() -> elsewhere(unfinished));
            if (busy.isEmpty()) {
                action.run();
            }
            return busy;
        });
    }

    /** Whether a run is going on, here or in another worker. */
    public boolean contains(long run) {
        return monitor.locked(() -> running.containsKey(run)) || leases.elsewhere(run);
    }

    /** How many runs are going on. */
    public int count() {
        return monitor.locked(running::size);
    }

    /** Waits until no run is going on; tells whether that is so in time. */
    public boolean awaitNone(Duration longest) {
        try {
            return monitor.await(running::isEmpty, longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return count() == 0;
        }
    }
}
