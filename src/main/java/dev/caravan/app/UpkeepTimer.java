package dev.caravan.app;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Defect;
import dev.caravan.upkeep.Housekeeping;
import dev.caravan.upkeep.Housekeeping.Done;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has upkeep done soon after the start and then daily. What fails or finds a mapping busy is tried again some minutes later. */
final class UpkeepTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepTimer.class);
    private static final Duration FIRST = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Housekeeping housekeeping;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("caravan-upkeep").factory());
    private Instant due = Instant.MIN;

    UpkeepTimer(Housekeeping housekeeping, InstantSource clock) {
        this.housekeeping = housekeeping;
        this.clock = clock;
    }

    void start() {
        Future<?> going =
                timer.scheduleWithFixedDelay(this::tick, FIRST.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
        LOG.debug("upkeep is set: {}", going);
    }

    /** Does it if it is due. Throws nothing: the timer would never call again. */
    void tick() {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        try {
            Done done = Declared.call(housekeeping::clean);
            say(done);
            due = done.again() ? due : now.plus(EVERY);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaravanException known) {
                LOG.warn(
                        "upkeep failed and is tried again: {}",
                        known.problems().getFirst().oneLine());
            } else {
                LOG.error("upkeep failed in a way nobody foresaw: {}", Defect.oneLine(e.getCause()));
            }
        }
    }

    private static void say(Done done) {
        if (done.pruned() + done.erased() > 0) {
            LOG.info("upkeep: {} old rows let go, values of {} rows erased", done.pruned(), done.erased());
        }
        done.kept().forEach((mapping, why) -> LOG.debug("upkeep: {} keeps everything for now: {}", mapping, why));
    }

    /** Lets what is under way come to the end of its stretch; the store is closed after this. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("upkeep does not end in time; nothing is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
