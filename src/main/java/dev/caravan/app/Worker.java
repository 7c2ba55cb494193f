package dev.caravan.app;

import dev.caravan.app.connect.DeclaredConnectors;
import dev.caravan.config.LoadResult;
import dev.caravan.config.field.FieldDefinitions;
import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.EnqueueStep;
import dev.caravan.pipeline.Holds;
import dev.caravan.pipeline.LeaseWatch;
import dev.caravan.pipeline.LiveRuns;
import dev.caravan.pipeline.RunQueue;
import dev.caravan.pipeline.Runs;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import dev.caravan.source.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker on one workspace: opens the stores, wires the routes, and runs mappings when asked or, as a service, by schedule.
 * The caller owns the workspace's lock. Closing it lets runs stop between batches.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /**
     * How many mappings run at once by schedule. A run is mostly waiting, for a warehouse or for a destination's jobs, which may take hours:
     * the two that a connection may have at once must leave threads to other connections. More would share the same memory.
     */
    private static final int WIDTH = 4;

    /** How long runs that were asked for may take to reach the end of their batches. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** How soon a pause that another process made is seen: well within the second that invariant I16 allows. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How long a worker sends on that cannot ask what is paused: longer than a slow answer, and soon enough for whoever pauses in vain. */
    private static final Duration BLIND = Duration.ofSeconds(10);

    private final WorkspaceConfig config;
    private final Engine engine;
    private final Ledger ledger;
    private final Keeper keeper;
    private final MappingRegistry mappings = new MappingRegistry();
    /** In the machine's time, as its looks are. */
    private final Holds holds = new Holds(System::nanoTime, BLIND);

    private final LiveRuns live;
    private final Watch renewing;
    private final Spine spine;
    private final Steps steps = new Steps();
    private final Connections connections;
    private final Runs runs;
    private final RunQueue queue;
    private final Schedules schedules;
    private final Reloader reloader;
    private final Pauses pauses;
    private final TakeUps takeUps;
    private final Watch pausing = new Watch("pauses", this::lookAtPauses);
    private final Watch takingUp = new Watch("unfinished-runs", this::takeUp);
    private final Operations operations;
    private final Diagnosis diagnosis;
    private volatile boolean following;

    private Worker(Path workspace, WorkspaceConfig config, WorkerOptions options) {
        InstantSource clock = options.time().clock();
        this.config = config;
        StateFolders.close(config);
        Stores stores = Stores.open(config, options.time());
        ledger = stores.ledger();
        InstantSource recorded = stores.ledger().clock();
        engine = stores.engine();
        keeper = stores.keeper();
        LeaseWatch leases = new LeaseWatch(ledger, options.time().nanos(), clock);
        renewing = new Watch("leases", leases::renew);
        leases.pace().ifPresent(renewing::begin);
        live = new LiveRuns(options.time().monitors().get(), leases);
        spine = new Spine(options.camel(), options.started());
        runs = new Runs(Runs.Routes.of(spine::sender), live, options.time().monitors());
        queue = new RunQueue(runs, mappings, WIDTH);
        schedules = new Schedules(spine::context, clock, this::lastStart);
        connections = new Connections(
                config, spine::context, stores, options.time(), holds, leases, options.meters(), live::here);
        steps.bind(spine, stores, connections, new FieldDefinitions(), recorded, live, options.listener());
        spine.bind("enqueue", new EnqueueStep(queue, schedules::mappingOf));
        options.beans().forEach(spine::bind);
        WorkspaceLoader loader = new WorkspaceLoader(workspace, options.environment(), clock);
        reloader = new Reloader(loader::fingerprint, () -> reload(workspace, loader), this::schedule);
        pauses = new Pauses(ledger, config.connections(), mappings, holds, options.listener(), this::lifted);
        takeUps = new TakeUps(ledger, mappings, pauses, live, queue);
        PastRuns past = new PastRuns(ledger, live::contains);
        Quotes quotes = new Quotes(workspace);
        TargetFindings targets = new TargetFindings(mappings, pauses, connections, quotes, reloader::look);
        diagnosis = new WorkerDiagnosis(
                config, ledger, engine, mappings, pauses, connections, keeper, runs, past, targets, recorded);
        Statuses statuses = new Statuses(mappings, ledger, past, pauses, schedules, reloader::failure);
        operations = new LocalOperations(
                ledger, engine, runs, past, mappings, reloader::look, statuses, holds, pauses, quotes, keeper);
    }

    /**
     * Opens a worker.
     *
     * @throws dev.caravan.problem.CaravanException.InvalidInput if {@code caravan.yaml} cannot be used; broken mappings only stay out
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure if state or ports cannot be had
     */
    public static Worker open(Path workspace, WorkerOptions options) {
        LoadResult first = new WorkspaceLoader(
                        workspace, options.environment(), options.time().clock())
                .cached();
        WorkspaceConfig config =
                first.configSound() ? first.config() : first.orThrow().config();
        Worker worker = new Worker(workspace, config, options);
        worker.start(options);
        return worker;
    }

    private void start(WorkerOptions options) {
        reloader.look();
        pauses.look();
        pausing.begin(LOOK);
        takingUp.begin(LOOK);
        if (options.scheduled()) {
            follow();
        }
    }

    /** Lets schedules fire, watches the files, and takes up what was cut off. Only once, and not for a worker that is a service. */
    public void follow() {
        spine.start();
        following = true;
        schedule();
        warn();
        missing().forEach(problem -> LOG.warn("runs that need it will fail: {}", problem.oneLine()));
        takeUps.all();
        reloader.watch();
        keeper.start();
    }

    private void reload(Path workspace, WorkspaceLoader loader) {
        connections.takeOver(DeclaredConnectors.of(workspace));
        takeOver(loader.described(engine));
    }

    private void takeOver(LoadResult files) {
        MappingRegistry.Changes changes = mappings.load(files);
        LOG.info(
                "mappings: {} taken over, {} taken away",
                changes.put().size(),
                changes.removed().size());
        if (following) {
            warn();
        }
    }

    /** Says what is wrong; a single command is answered with it instead. */
    private void warn() {
        mappings.problems().forEach(problem -> LOG.warn("{}", problem.oneLine()));
    }

    private void schedule() {
        if (following) {
            schedules.align(mappings.all());
        }
    }

    private void lifted(Set<Scope> scopes) {
        if (following) {
            takeUps.lifted(scopes);
        }
    }

    private Optional<Instant> lastStart(MappingId mapping) {
        return ledger.runs(Optional.of(mapping), 1).stream().findFirst().map(Run::started);
    }

    /** On a thread that waits for nothing else: what is taken up asks the ledger for much more. */
    private void lookAtPauses() {
        pauses.look();
    }

    private void takeUp() {
        if (following) {
            takeUps.look();
        }
    }

    /** What can be asked of it. */
    public Operations operations() {
        return operations;
    }

    /** Its Camel context, for servers that live on it. */
    public CamelContext camelContext() {
        return spine.context();
    }

    /**
     * What is wrong in the workspace's files as last read, of which the last good versions are in use, with its schedules, with the
     * stores as the last runs met them, and with what its destinations' connections refer to.
     */
    public List<Problem> problems() {
        return Stream.of(
                        reloader.failure().stream(),
                        mappings.problems().stream(),
                        connections.problems().stream(),
                        schedules.problems().stream(),
                        runs.troubles().stream(),
                        missing())
                .flatMap(each -> each)
                .toList();
    }

    /** Secrets of the destinations in use that are not there now. */
    private Stream<Problem> missing() {
        Set<String> used = mappings.all().stream()
                .map(mapping -> mapping.target().connection())
                .collect(Collectors.toSet());
        return config.connections().all().stream()
                .filter(connection -> used.contains(connection.name()))
                .flatMap(connection -> switch (connection) {
                    case Connection.Salesforce org -> org.missing().stream();
                    case Connection.Declared declared -> declared.missing().stream();
                    case Connection.DuckDb file -> Stream.empty();
                    case Connection.Folder folder -> Stream.empty();
                });
    }

    /** What {@code doctor} asks. */
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    @Override
    public void close() {
        holds.stop();
        pausing.close();
        takingUp.close();
        reloader.close();
        queue.close();
        live.awaitNone(GRACE);
        keeper.close();
        renewing.close();
        connections.close();
        spine.close();
        steps.close();
        engine.close();
        ledger.close();
        StateFolders.close(config);
    }
}
