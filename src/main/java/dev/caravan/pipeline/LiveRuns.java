package dev.caravan.pipeline;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.ledger.Claim;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The runs that this process is executing. Any other run that the ledger calls running belongs to a dead process, or where leases run
 * out to another worker, as long as its lease is good.
 */
public final class LiveRuns {

    private final Monitor monitor;
    private final Map<Long, MappingId> running = new ConcurrentHashMap<>();
    private final Set<MappingId> changing = ConcurrentHashMap.newKeySet();
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
     * Claims a mapping's lease. The ledger may take as long as its locks do: what concerns other mappings, and whoever asks what is going
     * on, does not wait for it meanwhile.
     *
     * @param unfinished the mapping's runs that the ledger calls running
     * @param claim asks the ledger, given the runs that are alive
     * @throws EnvironmentFailure ({@code run.busy}) if the mapping's last run does not let go of its snapshot, or another claim of the ledger
     */
    Claim claim(MappingId mapping, Supplier<List<Run>> unfinished, Function<List<Long>, Claim> claim) {
        return alone(mapping, unfinished, () -> {
            LeaseWatch.Moment asked = leases.now();
            Claim result = claim.apply(List.copyOf(running.keySet()));
            if (result instanceof Claim.Granted granted) {
                running.put(granted.run(), mapping);
                leases.granted(granted.run(), asked);
            }
            return result;
        });
    }

    /** Does something of a mapping that only one may do at a time, the monitor let go meanwhile. */
    private <T> T alone(MappingId mapping, Supplier<List<Run>> unfinished, Supplier<T> action) {
        begin(mapping, unfinished);
        try {
            return action.get();
        } finally {
            monitor.holding(() -> {
                changing.remove(mapping);
                monitor.changed();
            });
        }
    }

    /** A run whose books are closed still holds its snapshot for a moment: the next one waits that long. */
    private void begin(MappingId mapping, Supplier<List<Run>> unfinished) {
        try {
            if (!monitor.await(() -> isFree(mapping, unfinished) && changing.add(mapping), patience)) {
                throw stuck(mapping);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stuck(mapping);
        }
    }

    private boolean isFree(MappingId mapping, Supplier<List<Run>> unfinished) {
        return !changing.contains(mapping)
                && (!running.containsValue(mapping) || live(unfinished).isPresent());
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
     * Does something while no run of the mapping can start, unless one of these is going on; says which one.
     *
     * @throws EnvironmentFailure as {@link #claim}
     */
    Optional<Run> between(MappingId mapping, Supplier<List<Run>> unfinished, Runnable action) {
        return alone(mapping, unfinished, () -> {
            Optional<Run> busy = live(unfinished).or(() -> elsewhere(unfinished));
            if (busy.isEmpty()) {
                action.run();
            }
            return busy;
        });
    }

    /**
     * Whether a run is going on, here or in another worker. Waits for nobody but the ledger: a run of a mapping that is being claimed
     * counts as going on, since it may be the one that was just granted.
     *
     * @param run as the ledger has it, read before
     */
    public boolean contains(Run run) {
        return changing.contains(run.mapping()) || running.containsKey(run.id()) || leases.elsewhere(run.id());
    }

    /** Whether this process is executing the run. */
    public boolean here(long run) {
        return running.containsKey(run);
    }

    /** How many runs are going on. */
    public int count() {
        return running.size();
    }

    /** Waits until no run is going on or being claimed; tells whether that is so in time. */
    public boolean awaitNone(Duration longest) {
        try {
            return monitor.await(() -> running.isEmpty() && changing.isEmpty(), longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return count() == 0;
        }
    }
}
