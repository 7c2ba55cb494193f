package dev.caravan.scenario.network;

import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.MemorySpending;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.destination.Destination;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.FieldSpecBuilder;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.Quirks;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.store.sqlite.SqliteLedger;
import dev.caravan.transport.camel.CamelSalesforceTransport;
import dev.caravan.transport.camel.SalesforceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.camel.CamelContext;

/** A sandbox behind a proxy, a transport to it and a ledger: combinations run here one after the other. */
final class Lane implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofMillis(200);

    private static final int BATCH_ROWS = 6;
    private static final int JOB_ROWS = 9;
    private static final ConnectionLimits UNLIMITED = new ConnectionLimits(1_000_000, 4, 1);

    private final Sandbox sandbox;
    private final FaultProxy proxy;
    private final WatchedTransport transport;
    private final Ledger ledger;
    private final LeapTime time = new LeapTime();

    Lane(int number, Path folder, CamelContext camel) throws IOException {
        sandbox = Sandbox.start(spec(), 0, time.time().clock());
        proxy = new FaultProxy(sandbox.baseUri().getPort());
        SalesforceSettings settings = new SalesforceSettings(
                "lane" + number,
                proxy.uri(),
                () -> "caravan-demo",
                () -> "caravan-demo-secret",
                "60.0",
                Duration.ofSeconds(10),
                4);
        transport = new WatchedTransport(
                new CamelSalesforceTransport(camel, settings, time.time().clock()), proxy);
        ledger = SqliteLedger.open(
                folder.resolve("ledger" + number + ".db"), time.time().clock());
    }

    private static SandboxSpec spec() {
        FieldSpec key = text("Key__c").externalId(true).unique(true).build();
        return SandboxSpec.defaults()
                .withDailyLimit(10_000_000)
                .withQuirks(new Quirks(true, true, Duration.ofMillis(1), 10_000))
                .withObjects(
                        ObjectSpec.of(
                                "Lead", key, text("Ref__c").externalId(true).build()),
                        ObjectSpec.of("Member__c", key, text("Role__c").build()));
    }

    private static FieldSpecBuilder text(String name) {
        return FieldSpec.builder(name, FieldKind.TEXT).length(40);
    }

    /** A connection that has learned nothing yet, over the same transport. */
    private Connection connection(IdempotencyClass idempotency) {
        Destination records = new SalesforceDestination(
                "60.0", "caravan", new SalesforceLimits(BATCH_ROWS, JOB_ROWS, 2_000, 1 << 20, TIMEOUT));
        return new Connection(
                "crm",
                idempotency == IdempotencyClass.C ? new Members(records) : records,
                transport,
                UNLIMITED,
                new MemorySpending(),
                time.time(),
                new Random(1),
                DeliveryMeters.NONE);
    }

    /** A worker that has run nothing yet. */
    Worker worker(Case delivered, MappingId id) {
        return new Worker(
                delivered.mapping(id), Case.table(id), ledger, connection(delivered.idempotency()), time.time());
    }

    Sandbox sandbox() {
        return sandbox;
    }

    FaultProxy proxy() {
        return proxy;
    }

    WatchedTransport transport() {
        return transport;
    }

    Ledger ledger() {
        return ledger;
    }

    LeapTime time() {
        return time;
    }

    @Override
    public void close() throws IOException {
        transport.close();
        proxy.close();
        sandbox.close();
        ledger.close();
    }
}
