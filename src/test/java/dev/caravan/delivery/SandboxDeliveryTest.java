package dev.caravan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.Sender;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Code;
import dev.caravan.row.Value;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.Login;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.camel.CamelSalesforceTransport;
import dev.caravan.transport.camel.SalesforceSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way: batches over the connection's limits and Camel to the sandbox, with what goes wrong on it. */
class SandboxDeliveryTest {

    private static final long SEED = 11;

    private static CamelContext context;

    private final FakeBooks books = new FakeBooks();
    private final AtomicLong requests = new AtomicLong();
    private Sandbox sandbox;
    private Connection connection;
    private String account = "";
    private Time time;

    @BeforeAll
    static void startCamel() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stopCamel() {
        context.stop();
    }

    @BeforeEach
    void open() throws IOException {
        Login strict = new Login("caravan-demo", "caravan-demo-secret", Duration.ofHours(2), true);
        FieldSpec key = FieldSpec.builder("Ext__c", FieldKind.TEXT)
                .length(40)
                .externalId(true)
                .unique(true)
                .build();
        sandbox = Sandbox.start(SandboxSpec.defaults().withLogin(strict).withObjects(ObjectSpec.of("Lead", key)), 0);
        SalesforceSettings settings = new SalesforceSettings(
                "sandbox",
                sandbox.baseUri().toString(),
                () -> "caravan-demo",
                () -> "caravan-demo-secret",
                "60.0",
                Duration.ofSeconds(5),
                16);
        // Who sleeps an hour has slept a few milliseconds: enough for the sandbox to work on a job.
        HeldTime held = new HeldTime();
        time = new Time(held::now, () -> held.elapsed().toNanos(), nap -> {
            held.move(nap);
            Thread.sleep(Math.min(nap.toMillis(), 5));
        });
        connection = new Connection(
                "sandbox",
                new SalesforceDestination("60.0", "caravan", SalesforceLimits.DEFAULT),
                new CamelSalesforceTransport(context, settings, InstantSource.system()),
                new ConnectionLimits(1_000_000, 16, 1),
                new MemorySpending(),
                time,
                new Random(SEED),
                DeliveryMeters.NONE);
    }

    @AfterEach
    void close() {
        connection.close();
        sandbox.close();
    }

    private TargetSchema lead() {
        Driven<Described> asked = new ConversationDriver(time.sleeper())
                .drive(connection.destination().describe("Lead"), sender(), StopSignal.NEVER);
        return ((Described.Schema) ((Driven.Finished<Described>) asked).result()).schema();
    }

    @Test
    void anotherOrganisationUnderAnOldTokenIsNotDescribed() throws IOException {
        HttpAnswer login = (HttpAnswer) connection.login(StopSignal.NEVER, requests::addAndGet);
        account = connection.destination().account(login).orElseThrow();
        int port = sandbox.baseUri().getPort();
        sandbox.close();
        sandbox = Sandbox.start(SandboxSpec.defaults().withOrganisationId("00DSb0000000002"), port);

        Driven<Described> asked = new ConversationDriver(time.sleeper())
                .drive(connection.destination().describe("Lead"), sender(), StopSignal.NEVER);

        assertThat(((Driven.Finished<Described>) asked).result())
                .isInstanceOfSatisfying(Described.Failed.class, failed -> {
                    assertThat(failed.problem().code()).isEqualTo(Code.TARGET_IDENTITY);
                    assertThat(failed.retryable()).isFalse();
                });
    }

    private Sender sender() {
        return connection.sender(account, StopSignal.NEVER, requests::addAndGet);
    }

    private Batch batch(int rows) {
        List<Write> writes = LongStream.range(0, rows)
                .mapToObj(i -> new Write(
                        i,
                        Kind.ADD,
                        new Value.Text("k" + i),
                        null,
                        Map.of("LastName", new Value.Text("n" + i), "Company", new Value.Text("c"))))
                .toList();
        return new Batch(Action.UPSERT, false, "Lead", "Ext__c", lead(), writes);
    }

    private DeliveryReport deliver(Batch batch) {
        return new BatchDelivery(books, connection, time, new Random(SEED))
                .deliver(
                        FakeBooks.LEASE,
                        1,
                        batch,
                        connection.senders(account, StopSignal.NEVER, requests::addAndGet),
                        StopSignal.NEVER);
    }

    @Test
    void aBatchArrivesAndEveryRequestIsCounted() {
        DeliveryReport report = deliver(batch(200));
        assertThat(report.requests()).isEqualTo(1);
        assertThat(report.accepted()).isEqualTo(200);
        assertThat(sandbox.records("Lead")).hasSize(200);
        // Log-in, description, one batch.
        assertThat(requests).hasValue(3);
        assertThat(sandbox.state().requests()).isEqualTo(3);
    }

    @Test
    void aJobArrivesThroughAFaultAtEachOfItsSteps() {
        Batch batch = batch(300);
        for (String step : List.of("/batches", "Results")) {
            sandbox.faults()
                    .add(Fault.once(new FaultAction.Respond(429, Map.of("Retry-After", "1"), ""))
                            .on(null, step));
        }
        sandbox.faults().add(Fault.once(new FaultAction.ExpireTokens()).on("PATCH", "jobs/ingest"));
        sandbox.faults().add(Fault.once(new FaultAction.Reset()).on("GET", "jobs/ingest/[^/]+$"));

        DeliveryReport report = deliver(
                new Batch(batch.action(), true, batch.object(), batch.keyField(), batch.schema(), batch.writes()));

        assertThat(report.accepted()).isEqualTo(300);
        assertThat(sandbox.records("Lead")).hasSize(300);
        assertThat(sandbox.state().jobs()).hasSize(1);
        assertThat(sandbox.faults().list()).allMatch(status -> status.fired() == 1);
        assertThat(books.entries).element(1).asString().startsWith("remember 1 ");
    }

    static Stream<FaultAction> faults() {
        return Stream.of(
                new FaultAction.Respond(503, Map.of("Retry-After", "7"), ""),
                new FaultAction.Respond(429, Map.of("Retry-After", "7"), ""),
                new FaultAction.Respond(500, Map.of(), "<html>"),
                new FaultAction.Reset(),
                new FaultAction.LoseAnswer(),
                new FaultAction.Truncate(),
                new FaultAction.ExpireTokens(),
                new FaultAction.Lock(3));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFaultOnTheWayIsMadeGood(FaultAction fault) {
        Batch batch = batch(50);
        sandbox.faults().add(Fault.once(fault).on("PATCH", "composite/sobjects"));
        DeliveryReport report = deliver(batch);
        assertThat(report.accepted()).isEqualTo(50);
        assertThat(report.halt()).isEmpty();
        assertThat(sandbox.records("Lead")).hasSize(50);
        assertThat(sandbox.faults().list()).allMatch(status -> status.fired() == 1);
        assertThat(books.last.values()).allMatch(outcome -> outcome instanceof Outcome.Accepted);
    }

    @Test
    void tokensThatExpireInMidRunCauseOneLogIn() throws Exception {
        Request read = HttpRequest.get("/services/data/v60.0/limits/", Duration.ofSeconds(10));
        Sender sender = sender();
        sender.send(read);
        sandbox.clock().advance(Duration.ofHours(3));
        long before = sandbox.state().logins();

        CyclicBarrier start = new CyclicBarrier(16);
        List<Reply> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Reply>> sent = Stream.generate(() -> threads.submit(() -> {
                        start.await();
                        return sender.send(read);
                    }))
                    .limit(16)
                    .toList();
            for (Future<Reply> reply : sent) {
                replies.add(reply.get());
            }
        }
        assertThat(replies).allMatch(reply -> reply instanceof HttpAnswer answer && answer.status() == 200);
        assertThat(sandbox.state().logins() - before).isEqualTo(1);
    }

    @Test
    void anAllowanceThatIsGoneHaltsTheRunAndIsLeftAlone() {
        Batch batch = batch(5);
        sandbox.faults().add(Fault.once(new FaultAction.ExhaustQuota()).on("PATCH", null));
        DeliveryReport first = deliver(batch);
        assertThat(first.deferred()).isEqualTo(5);
        assertThat(first.halt())
                .hasValueSatisfying(halt -> assertThat(halt.reason()).isEqualTo("quota"));
        long asked = requests.get();
        assertThat(deliver(batch).halt()).isPresent();
        assertThat(requests).hasValue(asked);
    }
}
