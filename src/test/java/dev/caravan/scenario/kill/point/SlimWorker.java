package dev.caravan.scenario.kill.point;

import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.link.ConnectionLimits;
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
import dev.caravan.store.sqlite.SqliteLedger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The steps of a run in the order of the route, on ports that a {@link Tripwire} watches. As a process, it is killed by its parent. */
final class SlimWorker implements AutoCloseable {

    static final int CONCURRENCY = 2;
    static final int BATCH_ROWS = 6;
    private static final int JOB_ROWS = 10;
    private static final int MOST_LOOKS = 20;
    /** What was lost on the last day has landed by the next. */
    private static final Duration ZOMBIE_WINDOW = Duration.ofMillis(20);
    /** A request of a killed process is on its way for as long as it takes: nothing is looked up meanwhile. */
    private static final Duration INSERTS_ON_THEIR_WAY = Duration.ofMinutes(10);

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Time TIME =
            new Time(CLOCK, System::nanoTime, time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000));

    private final int concurrency;
    private final Mapping mapping;
    private final Tripwire wire;
    private final Ledger ledger;
    private final Engine engine;
    private final Connection connection;
    private final StepsInOrder steps;
    private final LeaseWatch leases;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    /** A worker with a ledger of its own. */
    SlimWorker(Path folder, URI sandbox, Kind kind, Tripwire wire) {
        this(folder, sandbox, kind, wire, SqliteLedger.open(folder.resolve("state/ledger.db"), CLOCK));
    }

    /** As {@link #SlimWorker(Path, URI, Kind, Tripwire, Ledger, int)}, with as many batches at once as there are in most tests. */
    SlimWorker(Path folder, URI sandbox, Kind kind, Tripwire wire, Ledger opened) {
        this(folder, sandbox, kind, wire, opened, CONCURRENCY);
    }

    /** A worker whose snapshot is in its own folder, and the ledger wherever it is. It renews its leases if those run out. */
    SlimWorker(Path folder, URI sandbox, Kind kind, Tripwire wire, Ledger opened, int concurrency) {
        this.concurrency = concurrency;
        this.mapping = kind.mapping();
        this.wire = wire;
        this.ledger = Watched.ledger(opened, wire);
        this.leases = new LeaseWatch(opened, System::nanoTime, InstantSource.system());
        if (leases.pace().isPresent()) {
            long pace = leases.pace().get().toMillis();
            ScheduledFuture<?> unused = renewals.scheduleAtFixedRate(leases::renew, pace, pace, TimeUnit.MILLISECONDS);
        }
        this.engine = Watched.engine(DuckDbEngine.start(settings(folder)), wire);
        this.connection = new Connection(
                "crm",
                new SalesforceDestination(
                        "60.0",
                        "caravan",
                        new SalesforceLimits(BATCH_ROWS, JOB_ROWS, 2_000, 1 << 20, Duration.ofSeconds(20))),
                new SandboxTransport(sandbox, wire),
                new ConnectionLimits(100_000, concurrency, 1),
                TIME,
                new Random(1),
                DeliveryMeters.NONE);
        this.steps = new StepsInOrder(mapping, ledger, engine, destinations(), leases, TIME, CONCURRENCY);
    }

    private static DuckDbSettings settings(Path folder) {
        return new DuckDbSettings(
                "200MB",
                1,
                folder.resolve("state/temp"),
                folder.resolve("state/snapshots"),
                Map.of("files", new SourceConnection.FilesFolder(folder.resolve("data"))));
    }

    /** Arguments: folder, sandbox, kind, point and which passing of it. */
    public static void main(String[] arguments) {
        Tripwire wire = new Tripwire(arguments[3], Integer.parseInt(arguments[4]));
        try (SlimWorker worker =
                new SlimWorker(Path.of(arguments[0]), URI.create(arguments[1]), Kind.valueOf(arguments[2]), wire)) {
            System.out.println("ended " + worker.run().state());
        }
    }

    Ledger ledger() {
        return ledger;
    }

    /** One run from claim to settle. */
    SyncRun run() {
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

    /** Runs on while keys that are taken are to be looked up, which waits until nothing can land any more. */
    void lookUp(Kind kind) {
        for (int i = 0;
                i < MOST_LOOKS && kind == Kind.B && !ledger.doubts(mapping.id()).isEmpty();
                i++) {
            run();
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
        TargetSession.Means means = new TargetSession.Means(
                connection,
                new BatchDelivery(ledger, connection, TIME, new Random(1)),
                new ConversationDriver(TIME.sleeper()),
                new Slots(concurrency, TIME.monitors()),
                mapping.target().keyField().equals(Kind.E.keyField()) ? INSERTS_ON_THEIR_WAY : ZOMBIE_WINDOW,
                new LastTold(),
                engine,
                ledger);
        return run -> new TargetSession(run, means, leases.of(run.id(), stop()));
    }

    /** Rows are held where a run is stopped: it is, once two batches were begun, if it is to die there. */
    private StopSignal stop() {
        return wire.point().startsWith("hold:")
                ? () -> wire.times("begin:after") >= 2 ? Optional.of("paused") : Optional.empty()
                : StopSignal.NEVER;
    }

    @Override
    public void close() {
        renewals.shutdownNow();
        connection.close();
        engine.close();
        ledger.close();
    }
}
