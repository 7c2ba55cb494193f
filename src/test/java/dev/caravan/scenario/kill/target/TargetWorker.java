package dev.caravan.scenario.kill.target;

import dev.caravan.app.connect.DeclaredConnectors;
import dev.caravan.app.connect.LiveConnectors;
import dev.caravan.app.connect.Opened;
import dev.caravan.app.connect.Opener.Surroundings;
import dev.caravan.app.connect.Openers;
import dev.caravan.config.LoadResult;
import dev.caravan.config.SchemaCache;
import dev.caravan.config.Workspace;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Environment;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.mapping.Mapping;
import dev.caravan.scenario.kill.point.SlimWorker;
import dev.caravan.scenario.kill.point.SlimWorker.Errand;
import dev.caravan.scenario.kill.point.Tripwire;
import dev.caravan.scenario.kill.point.WatchedTransport;
import dev.caravan.store.sqlite.SqliteLedger;
import dev.caravan.transport.Transport;
import dev.caravan.transport.file.FileSettings;
import dev.caravan.transport.file.WatchedFolder;
import dev.caravan.transport.kafka.WatchedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A process that syncs the mapping of a workspace with the product's own connectors and transports. Its parent kills it. */
final class TargetWorker {

    /** Nobody waits here for as long as a destination would want to be waited for. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(20);

    private final WorkspaceConfig config;
    private final Mapping mapping;
    private final Time time;
    private final DeclaredConnectors connectors;
    private final Tripwire wire;

    private TargetWorker(Path workspace, Time time, DeclaredConnectors connectors, Tripwire wire) {
        LoadResult files = new Workspace(
                        workspace,
                        Environment.PROCESS,
                        time.clock(),
                        () -> Catalogue.with(connectors.kinds()),
                        SchemaCache::lookup)
                .load()
                .orThrow();
        this.config = files.config();
        this.mapping = files.mappings().getFirst();
        this.time = time;
        this.connectors = connectors;
        this.wire = wire;
    }

    /** A time that is so far ahead of this machine's, and in which nobody sleeps for long. */
    static Time ahead(Duration ahead) {
        return new Time(() -> InstantSource.system().instant().plus(ahead), System::nanoTime, TargetWorker::sleep);
    }

    private static void sleep(Duration wait) throws InterruptedException {
        Thread.sleep(wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP);
    }

    /**
     * Arguments: workspace, name of its connector, nanoseconds that its time is ahead of this machine's, point and which passing of it.
     */
    public static void main(String[] arguments) throws IOException {
        Tripwire wire = new Tripwire(arguments[3], Integer.parseInt(arguments[4]));
        WatchedCommits.register(wire);
        DeclaredConnectors connectors = connectors(arguments[1]);
        CamelContext camel = new DefaultCamelContext(false);
        if (!connectors.specs().isEmpty()) {
            camel.disableJMX();
            camel.start();
        }
        TargetWorker worker = new TargetWorker(
                Path.of(arguments[0]), ahead(Duration.ofNanos(Long.parseLong(arguments[2]))), connectors, wire);
        try (SlimWorker running = worker.on(camel)) {
            System.out.println("ended " + running.run().state());
        } finally {
            camel.stop();
        }
    }

    /** The connector that is needed, as all of them would take a second to read. */
    private static DeclaredConnectors connectors(String name) {
        if (Catalogue.BUILT_IN.find(name).isPresent()) {
            return new DeclaredConnectors(Map.of(), Map.of(), Set.of(), List.of());
        }
        Path root = Path.of("").toAbsolutePath();
        LoadedConnector loaded = ConnectorReader.folder(
                root, root.resolve(DeclaredConnectors.FOLDER).resolve(name));
        return new DeclaredConnectors(
                Map.of(name, loaded.spec().orElseThrow()), Map.of(name, loaded.version()), Set.of(), List.of());
    }

    private SlimWorker on(CamelContext camel) throws IOException {
        Opened opened = open(camel);
        Errand errand = new Errand(mapping, opened, opened.destination().spec().zombieWindow(), StopSignal.NEVER, time);
        return new SlimWorker(
                config.root(), errand, wire, SqliteLedger.open(config.state().ledger(), time.clock()));
    }

    private Opened open(CamelContext camel) throws IOException {
        Connection connection =
                config.connections().find(mapping.target().connection()).orElseThrow();
        Opened opened = new Openers(
                        new Surroundings(camel, time.clock(), config.state().folder(), config.engine()),
                        new LiveConnectors(connectors))
                .open(connection);
        return new Opened(
                opened.destination(),
                new WatchedTransport(transport(connection, opened.transport()), wire),
                opened.limits());
    }

    /** The product's own, where it can be looked into one that tells of its single steps. */
    private Transport transport(Connection connection, Transport own) throws IOException {
        if (connection instanceof Connection.Folder folder) {
            Path temp = Files.createDirectories(config.engine().temp()).toRealPath();
            return WatchedFolder.of(folder.path(), new FileSettings("100MB", 1, temp), time.clock(), wire::pass);
        }
        return connection instanceof Connection.Declared declared
                        && declared.connector().name().equals("kafka")
                ? WatchedCluster.of(declared.value("brokers").orElseThrow(), wire::pass)
                : own;
    }
}
