package dev.caravan.app;

import dev.caravan.app.connect.DeclaredConnectors;
import dev.caravan.app.connect.LiveConnectors;
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
import dev.caravan.ledger.Spending;
import dev.caravan.mapping.Mapping;
import dev.caravan.pipeline.Destinations;
import dev.caravan.pipeline.Holds;
import dev.caravan.pipeline.LeaseWatch;
import dev.caravan.pipeline.LogInFailure;
import dev.caravan.pipeline.Slots;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.pipeline.TargetProbe;
import dev.caravan.pipeline.TargetSchemas;
import dev.caravan.pipeline.TargetSession;
import dev.caravan.problem.Problem;
import dev.caravan.source.Engine;
import dev.caravan.transport.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;

/** The destinations' connections, each opened when a run first needs it. Safe for many threads. */
final class Connections implements Destinations, AutoCloseable {

    private final WorkspaceConfig config;
    private final Supplier<CamelContext> camel;
    private final Ledger ledger;
    private final Spending spending;
    private final Engine engine;
    private final Time time;
    private final Holds holds;
    private final LeaseWatch leases;
    private final DeliveryMeters meters;
    private final TargetSchemas schemas;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final Map<String, TargetSession.Means> open = new HashMap<>();
    private final Map<String, Set<Long>> users = new HashMap<>();
    private final Set<String> outdated = new HashSet<>();
    private final LiveConnectors connectors;
    private final LongPredicate running;

    Connections(
            WorkspaceConfig config,
            Supplier<CamelContext> camel,
            Stores stores,
            Time time,
            Holds holds,
            LeaseWatch leases,
            DeliveryMeters meters,
            LongPredicate running) {
        this.config = config;
        this.connectors = new LiveConnectors(DeclaredConnectors.of(config.root()));
        this.camel = camel;
        this.ledger = stores.ledger();
        this.spending = stores.spending();
        this.engine = stores.engine();
        this.time = time;
        this.holds = holds;
        this.leases = leases;
        this.meters = meters;
        this.running = running;
        this.schemas = new SchemaFiles(config.state().folder().resolve("targets"), time.clock());
    }

    @Override
    public TargetSession bind(SyncRun run) {
        return new TargetSession(
                run, means(run.mapping().target().connection(), run.id()), leases.of(run.id(), holds.of(run.order())));
    }

    /** What a run speaks by until it ends. */
    private synchronized TargetSession.Means means(String name, long run) {
        Set<Long> using = users.computeIfAbsent(name, none -> new HashSet<>());
        using.removeIf(other -> !running.test(other));
        if (using.isEmpty() && outdated.remove(name)) {
            Optional.ofNullable(open.remove(name))
                    .ifPresent(means -> means.connection().close());
        }
        using.add(run);
        return means(name);
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
                        connectors)
                .open(declared);
        Connection connection = new Connection(
                declared.name(),
                opened.destination(),
                opened.transport(),
                opened.limits(),
                spending,
                time,
                random,
                meters);
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

    /**
     * Takes over edited connectors. A connection on one is opened anew as soon as a run begins while no other uses it: so all that go on at
     * once keep its limits together, and each ends as it began.
     */
    synchronized void takeOver(DeclaredConnectors next) {
        Set<String> changed = connectors.takeOver(next);
        config.connections().all().stream()
                .filter(each -> changed.contains(each.connector().name()))
                .forEach(each -> outdated.add(each.name()));
    }

    /** Which edits of connectors wait for the next start. */
    List<Problem> problems() {
        return connectors.problems();
    }

    /**
     * What a log-in on a connection has shown.
     *
     * @param requests that it took; with none a connector whose account is a setting has asked nobody
     */
    record LoggedIn(String account, int requests) {}

    /** Logs in on a connection; throws why that does not work. */
    LoggedIn login(String name) {
        Connection connection = means(name).connection();
        Reply login = connection.login(holds.of(Scope.over(name)), requests -> {});
        return switch (login) {
            case Reply.Answer answer ->
                new LoggedIn(connection.destination().account(answer).orElse("an unnamed account"), answer.requests());
            case Reply.NotSent notSent -> throw LogInFailure.of(name, notSent);
            case Reply.Lost lost -> throw LogInFailure.of(name, lost);
        };
    }

    /** Asks a mapping's destination whether it fits; throws why not. */
    void probe(Mapping mapping) {
        String name = mapping.target().connection();
        new TargetProbe(means(name), holds.of(Scope.over(name))).look(mapping);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(means -> means.connection().close());
    }
}
