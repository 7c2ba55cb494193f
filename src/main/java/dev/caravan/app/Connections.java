package dev.caravan.app;

import dev.caravan.app.connect.DeclaredConnectors;
import dev.caravan.app.connect.Opened;
import dev.caravan.app.connect.Opener.Surroundings;
import dev.caravan.app.connect.Openers;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.Time;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Scope;
import dev.caravan.pipeline.Destinations;
import dev.caravan.pipeline.Holds;
import dev.caravan.pipeline.LeaseWatch;
import dev.caravan.pipeline.LogInFailure;
import dev.caravan.pipeline.Slots;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.pipeline.TargetSchemas;
import dev.caravan.pipeline.TargetSession;
import dev.caravan.source.Engine;
import dev.caravan.transport.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;

/** The destinations' connections, each opened when a run first needs it. Safe for many threads. */
final class Connections implements Destinations, AutoCloseable {

    private final WorkspaceConfig config;
    private final Supplier<CamelContext> camel;
    private final Ledger ledger;
    private final Engine engine;
    private final Time time;
    private final Holds holds;
    private final LeaseWatch leases;
    private final DeliveryMeters meters;
    private final TargetSchemas schemas;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final Map<String, TargetSession.Means> open = new HashMap<>();

    Connections(
            WorkspaceConfig config,
            Supplier<CamelContext> camel,
            Ledger ledger,
            Engine engine,
            Time time,
            Holds holds,
            LeaseWatch leases,
            DeliveryMeters meters) {
        this.config = config;
        this.camel = camel;
        this.ledger = ledger;
        this.engine = engine;
        this.time = time;
        this.holds = holds;
        this.leases = leases;
        this.meters = meters;
        this.schemas = new SchemaFiles(config.state().folder().resolve("targets"), time.clock());
    }

    @Override
    public TargetSession bind(SyncRun run) {
        return new TargetSession(
                run, means(run.mapping().target().connection()), leases.of(run.id(), holds.of(run.order())));
    }

    private synchronized TargetSession.Means means(String name) {
        return open.computeIfAbsent(name, this::open);
    }

    private TargetSession.Means open(String name) {
        return config.connections().find(name).map(this::open).orElseThrow(() -> Openers.wrongKind(name));
    }

    private TargetSession.Means open(dev.caravan.config.settings.Connection declared) {
        Opened opened = new Openers(
                        new Surroundings(
                                camel.get(), time.clock(), config.state().folder(), config.engine()),
                        DeclaredConnectors.of(config.root()))
                .open(declared);
        Connection connection = new Connection(
                declared.name(), opened.destination(), opened.transport(), opened.limits(), time, random, meters);
        return new TargetSession.Means(
                connection,
                new BatchDelivery(ledger, connection, time, random),
                new ConversationDriver(time.sleeper()),
                new Slots(opened.limits().concurrency(), time.monitors()),
                opened.destination().spec().zombieWindow(),
                schemas,
                engine,
                ledger);
    }

    /** The account that answers on a connection, by logging in; throws why it does not. */
    String account(String name) {
        Connection connection = means(name).connection();
        Reply login = connection.login(holds.of(Scope.over(name)), requests -> {});
        return switch (login) {
            case Reply.Answer answer -> connection.destination().account(answer).orElse("an unnamed account");
            case Reply.NotSent notSent -> throw LogInFailure.of(name, notSent);
            case Reply.Lost lost -> throw LogInFailure.of(name, lost);
        };
    }

    @Override
    public synchronized void close() {
        open.values().forEach(means -> means.connection().close());
    }
}
