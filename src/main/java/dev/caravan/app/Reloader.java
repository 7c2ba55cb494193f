package dev.caravan.app;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Defect;
import dev.caravan.problem.Problem;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the workspace's files every few seconds and has them taken over when they were edited. Whatever a look fails with is
 * kept as a problem until one succeeds, and the next tick looks again: files count as taken over when all of that has succeeded.
 */
final class Reloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final long SECONDS = 3;

    private final Supplier<String> files;
    private final Runnable takeOver;
    private final Runnable always;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("caravan-reload").factory());
    private String taken = "";
    private volatile @Nullable Problem failure;

    /**
     * A reloader.
     *
     * @param files a fingerprint of the files as they are now
     * @param takeOver takes them over; may fail at any point, and is then called again
     * @param always done at the end of every look, so that what does not succeed at once is tried again
     */
    Reloader(Supplier<String> files, Runnable takeOver, Runnable always) {
        this.files = files;
        this.takeOver = takeOver;
        this.always = always;
    }

    void watch() {
        Future<?> watching = timer.scheduleWithFixedDelay(this::tick, SECONDS, SECONDS, TimeUnit.SECONDS);
        LOG.debug("watching the workspace: {}", watching);
    }

    /** One look that throws nothing: the timer would never call again. */
    void tick() {
        try {
            Declared.call(() -> {
                look();
                return taken;
            });
            failure = null;
        } catch (ExecutionException e) {
            failed(problem(e.getCause()), e.getCause());
        }
    }

    /** Takes over the files as they are, if they differ from those taken over last. */
    synchronized void look() {
        String now = files.get();
        if (!now.equals(taken)) {
            takeOver.run();
            taken = now;
        }
        always.run();
    }

    /** Why the files cannot be taken over as they are now; the last good versions are in use meanwhile. */
    Optional<Problem> failure() {
        return Optional.ofNullable(failure);
    }

    private void failed(Problem problem, @Nullable Throwable cause) {
        if (!problem.equals(failure)) {
            LOG.warn("{}", problem.oneLine());
            if (!(cause instanceof CaravanException)) {
                LOG.error("the reload failed in a way nobody foresaw: {}", Defect.oneLine(cause));
            }
        }
        failure = problem;
    }

    private static Problem problem(@Nullable Throwable cause) {
        return cause instanceof CaravanException known
                ? known.problems().getFirst()
                : Problem.of(
                        Code.WORKSPACE_RELOAD,
                        "the edited files could not be taken over: "
                                + (cause == null
                                        ? "no reason"
                                        : cause.getClass().getSimpleName()),
                        "it is tried again every few seconds; if it stays, see the log and restart the worker");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
