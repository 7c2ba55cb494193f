package dev.caravan.app;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.source.Engine;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the workspace's files every few seconds and takes over what was edited. Connections need a restart. */
final class Reloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final long SECONDS = 3;

    private final WorkspaceLoader loader;
    private final Engine engine;
    private final MappingRegistry mappings;
    private final Consumer<Mapping> put;
    private final Consumer<MappingId> removed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("caravan-reload").factory());
    private String fingerprint = "";

    Reloader(
            WorkspaceLoader loader,
            Engine engine,
            MappingRegistry mappings,
            Consumer<Mapping> put,
            Consumer<MappingId> removed) {
        this.loader = loader;
        this.engine = engine;
        this.mappings = mappings;
        this.put = put;
        this.removed = removed;
    }

    void watch() {
        Future<?> watching = timer.scheduleWithFixedDelay(this::lookAgain, SECONDS, SECONDS, TimeUnit.SECONDS);
        LOG.debug("watching the workspace: {}", watching);
    }

    /** A look that fails, for example on a file that is just being written, is made again. */
    private void lookAgain() {
        try {
            look();
        } catch (CaravanException e) {
            LOG.warn("the workspace could not be read: {}", e.getMessage());
        }
    }

    /** Takes over the files as they are, if they differ from those taken over last. */
    synchronized void look() {
        String now = loader.fingerprint();
        if (now.equals(fingerprint)) {
            return;
        }
        MappingRegistry.Changes changes = mappings.load(loader.described(engine));
        fingerprint = now;
        changes.removed().forEach(removed);
        changes.put().forEach(put);
        mappings.problems().forEach(problem -> LOG.warn("{}", problem.oneLine()));
        LOG.info(
                "{} mappings taken over, {} taken away",
                changes.put().size(),
                changes.removed().size());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
