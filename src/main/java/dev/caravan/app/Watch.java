package dev.caravan.app;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Defect;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at something again and again, on a thread of its own. A look that fails is said once, and the next one is made all the same. */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final String what;
    private final Runnable look;
    private final ScheduledExecutorService timer;
    private boolean failed;

    /** A watch that has not begun. */
    Watch(String what, Runnable look) {
        this.what = what;
        this.look = look;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("caravan-" + what).factory());
    }

    void begin(Duration every) {
        Future<?> watching =
                timer.scheduleWithFixedDelay(this::tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("watching {}: {}", what, watching);
    }

    /** Throws nothing: the timer would never call again. */
    private void tick() {
        try {
            Declared.call(() -> {
                look.run();
                return what;
            });
            failed = false;
        } catch (ExecutionException e) {
            if (!failed) {
                failed = true;
                LOG.warn(
                        "{} cannot be looked at: {}",
                        what,
                        e.getCause() instanceof CaravanException known
                                ? known.getMessage()
                                : Defect.oneLine(e.getCause()));
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
