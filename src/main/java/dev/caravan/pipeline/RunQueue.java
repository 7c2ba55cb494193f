package dev.caravan.pipeline;

import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Defect;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that wait for a thread. Schedules only put in; a bounded number of threads take out. A mapping waits at most once: a
 * fire that finds it waiting adds nothing, since the waiting run will see the same rows.
 */
public final class RunQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);

    /** A fire that comes during a run or a pause adds nothing, and nothing is wrong. */
    private static final Set<Code> WAITS = Set.of(Code.RUN_BUSY, Code.RUN_PAUSED);

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
            waiting.remove(mapping);
            LOG.debug("the worker is stopping: {} is not queued", mapping);
        }
    }

    private void take(MappingId mapping, Trigger trigger, Optional<Instant> fire) {
        waiting.remove(mapping);
        if (closing) {
            return;
        }
        // A task of its own keeps whatever goes wrong: this thread goes on to the next run.
        FutureTask<Boolean> task = new FutureTask<>(() -> run(mapping, trigger, fire), true);
        task.run();
        try {
            task.get();
        } catch (ExecutionException e) {
            failed(mapping, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(MappingId mapping, Trigger trigger, Optional<Instant> fire) {
        mappings.find(mapping).ifPresent(current -> {
            SyncRun run = runs.execute(
                    new Order(current, Mode.SYNC, trigger, fire, Optional.empty(), (step, done, total) -> {}));
            LOG.info(
                    "run {} of {} is {}: {}",
                    run.id(),
                    mapping,
                    run.state().name().toLowerCase(Locale.ROOT),
                    run.accounting().words());
        });
    }

    private static void failed(MappingId mapping, @Nullable Throwable cause) {
        if (cause instanceof CaravanException known
                && WAITS.contains(known.problems().getFirst().code())) {
            LOG.info("{}: {}", mapping, known.getMessage());
        } else if (cause instanceof CaravanException known) {
            LOG.error("{}: {}", mapping, known.getMessage());
        } else {
            LOG.error("{}: a queued run failed in a way nobody foresaw: {}", mapping, Defect.oneLine(cause));
        }
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
