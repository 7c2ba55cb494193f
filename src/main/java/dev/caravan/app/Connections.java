package dev.caravan.app;

import dev.caravan.config.settings.Connection.DuckDb;
import dev.caravan.config.settings.Connection.Folder;
import dev.caravan.config.settings.Connection.Salesforce;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.link.ConnectionLimits;
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
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.source.Engine;
import dev.caravan.transport.Reply;
import dev.caravan.transport.camel.CamelSalesforceTransport;
import dev.caravan.transport.camel.SalesforceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;

/** The destinations' connections, each opened when a run first needs it. Safe for many threads. */
final class Connections implements Destinations, AutoCloseable {

    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(30);
    /** What Salesforce shows as the origin of our changes. */
    private static final String CLIENT = "caravan";

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
        return switch (config.connections().find(name).orElse(null)) {
            case Salesforce org -> open(org);
            case DuckDb file -> throw wrongKind(name);
            case Folder folder -> throw wrongKind(name);
            case null -> throw wrongKind(name);
        };
    }

    private static InvalidInput wrongKind(String name) {
        return new InvalidInput(Problem.of(
                Code.CONNECTION_WRONG_KIND,
                "connection " + name + " is no destination",
                "name a salesforce connection under destination:"));
    }

    private TargetSession.Means open(Salesforce org) {
        org.missing().stream().findFirst().ifPresent(problem -> {
            throw new EnvironmentFailure(problem);
        });
        SalesforceDestination destination = new SalesforceDestination(
                version(org),
                CLIENT,
                SalesforceLimits.DEFAULT,
                org.zombieWindow().orElse(SalesforceDestination.LONGEST_CALL));
        CamelSalesforceTransport transport = new CamelSalesforceTransport(
                camel.get(),
                new SalesforceSettings(
                        org.name(),
                        org.address(),
                        org.clientId()::resolve,
                        org.clientSecret()::resolve,
                        version(org),
                        LOGIN_TIMEOUT,
                        org.limits().concurrency()),
                time.clock());
        ConnectionLimits limits = new ConnectionLimits(
                org.limits().requestsPerSecond().doubleValue(),
                org.limits().concurrency(),
                org.limits().dailyQuotaShare().doubleValue(),
                org.limits().window().map(window -> new ConnectionLimits.Window(window.requests(), window.per())));
        Connection connection = new Connection(org.name(), destination, transport, limits, time, random, meters);
        return new TargetSession.Means(
                connection,
                new BatchDelivery(ledger, connection, time, random),
                new ConversationDriver(time.sleeper()),
                new Slots(org.limits().concurrency(), time.monitors()),
                destination.spec().zombieWindow(),
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

    /** The file writes {@code v60.0} as Salesforce's paths do. */
    private static String version(Salesforce org) {
        return org.apiVersion().startsWith("v") ? org.apiVersion().substring(1) : org.apiVersion();
    }

    @Override
    public synchronized void close() {
        open.values().forEach(means -> means.connection().close());
    }
}
