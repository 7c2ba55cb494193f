package dev.caravan.scenario.kill.point;

import dev.caravan.app.connect.Opened;
import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.MemorySpending;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.engine.duckdb.DuckDbEngine;
import dev.caravan.engine.duckdb.DuckDbSettings;
import dev.caravan.engine.duckdb.read.SourceConnection;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Mapping;
import dev.caravan.pipeline.Destinations;
import dev.caravan.pipeline.LeaseWatch;
import dev.caravan.pipeline.Slots;
import dev.caravan.pipeline.Step;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.pipeline.TargetSession;
import dev.caravan.scenario.steps.LastTold;
import dev.caravan.scenario.steps.StepsInOrder;
import dev.caravan.source.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The steps of a run in the order of the route, on ports that a {@link Tripwire} watches. Its snapshot is in its own folder, and the ledger
 * wherever it is; it renews its leases if those run out.
 */
public final class SlimWorker implements AutoCloseable {

    /**
     * What a worker does.
     *
     * @param target over which it is delivered
     * @param zombieWindow how long a lost request may still land
     */
    public record Errand(Mapping mapping, Opened target, Duration zombieWindow, StopSignal stop, Time time) {}

    private final Errand errand;
    private final Ledger ledger;
    private final Engine engine;
    private final Connection connection;
    private final StepsInOrder steps;
    private final LeaseWatch leases;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    /** A worker in a folder; it closes the ledger. */
    public SlimWorker(Path folder, Errand errand, Tripwire wire, Ledger opened) {
        this.errand = errand;
        this.ledger = Watched.ledger(opened, wire);
        this.leases = new LeaseWatch(opened, System::nanoTime, InstantSource.system());
        if (leases.pace().isPresent()) {
            long pace = leases.pace().get().toMillis();
            ScheduledFuture<?> unused = renewals.scheduleAtFixedRate(leases::renew, pace, pace, TimeUnit.MILLISECONDS);
        }
        this.engine = Watched.engine(DuckDbEngine.start(settings(folder)), wire);
        Opened target = errand.target();
        this.connection = new Connection(
                errand.mapping().target().connection(),
                target.destination(),
                target.transport(),
                target.limits(),
                new MemorySpending(),
                errand.time(),
                new Random(1),
                DeliveryMeters.NONE);
        this.steps = new StepsInOrder(
                errand.mapping(),
                ledger,
                engine,
                destinations(),
                leases,
                errand.time(),
                target.limits().concurrency());
    }

    private static DuckDbSettings settings(Path folder) {
        return new DuckDbSettings(
                "200MB",
                1,
                folder.resolve("state/temp"),
                folder.resolve("state/snapshots"),
                Map.of("files", new SourceConnection.FilesFolder(folder.resolve("data"))));
    }

    Ledger ledger() {
        return ledger;
    }

    /** One run from claim to settle. */
    public SyncRun run() {
        SyncRun run = begun();
        try {
            steps.play(run);
            return run;
        } finally {
            if (run.isOpen()) {
                run.session().close();
            }
        }
    }

    /** A run that no step has seen. */
    SyncRun begun() {
        return steps.begun();
    }

    /** The steps up to a sealed plan, by name and in order. */
    Map<String, Step> steps() {
        return steps.planning();
    }

    private Destinations destinations() {
        Time time = errand.time();
        TargetSession.Means means = new TargetSession.Means(
                connection,
                new BatchDelivery(ledger, connection, time, new Random(1)),
                new ConversationDriver(time.sleeper()),
                new Slots(errand.target().limits().concurrency(), time.monitors()),
                errand.zombieWindow(),
                new LastTold(),
                engine,
                ledger);
        return run -> new TargetSession(run, means, leases.of(run.id(), errand.stop()));
    }

    @Override
    public void close() {
        renewals.shutdownNow();
        connection.close();
        engine.close();
        ledger.close();
    }
}
