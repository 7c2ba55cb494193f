package dev.caravan.pipeline;

import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that wait for a thread. Schedules only put in; a bounded number of threads take out. A mapping waits at most once: a
 * fire that finds it waiting adds nothing, since the waiting run will see the same rows.
 */
public final class RunQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);

    private final Runs runs;
    private final Mappings mappings;
    private final ExecutorService threads;
    private volatile boolean closing;
    private final Set<MappingId> waiting = ConcurrentHashMap.newKeySet();

    /**
     * A queue.
     *
     * @param width how many mappings run at once
     */
    public RunQueue(Runs runs, Mappings mappings, int width) {
        this.runs = runs;
        this.mappings = mappings;
        this.threads = Executors.newFixedThreadPool(
                width, Thread.ofPlatform().name("caravan-run-", 1).factory());
    }

    /** Puts a mapping in, unless it waits already or the worker is stopping. */
    public void offer(MappingId mapping, Trigger trigger, Optional<Instant> fire) {
        if (!waiting.add(mapping)) {
            return;
        }
        try {
            threads.execute(() -> take(mapping, trigger, fire));
        } catch (RejectedExecutionException e) {
            LOG.debug("the worker is stopping: {} is not queued", mapping);
        }
    }

    private void take(MappingId mapping, Trigger trigger, Optional<Instant> fire) {
        waiting.remove(mapping);
        if (closing) {
            return;
        }
        mappings.find(mapping).ifPresent(current -> {
            try {
                SyncRun run = runs.execute(
                        new Order(current, Mode.SYNC, trigger, fire, Optional.empty(), (step, done, total) -> {}));
                LOG.info("run {} of {}: {} {}", run.id(), mapping, run.state(), run.accounting());
            } catch (CaravanException e) {
                LOG.error("{}: {}", mapping, e.getMessage());
            }
        });
    }

    /** Takes no more in, and waits for the runs that are going on, which stop between batches. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(25, TimeUnit.SECONDS)) {
                LOG.warn("a run did not stop in time; the next start recovers it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
