package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.delivery.Batches;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.transport.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contacts of the same accounts, written by four requests at once to an org that locks the accounts meanwhile. */
class LockedParentsTest {

    private static final int ACCOUNTS = 40;
    private static final int CONTACTS = 400;
    private static final int ROWS = 25;
    private static final int AT_ONCE = 4;

    private Sandbox sandbox;
    private OverHttp http;
    private TargetSchema contacts;

    @BeforeEach
    void start() throws Exception {
        FieldSpec key = FieldSpec.builder("Ext__c", FieldKind.TEXT)
                .length(20)
                .externalId(true)
                .unique(true)
                .build();
        sandbox = Sandbox.start(
                SandboxSpec.defaults()
                        .withObjects(ObjectSpec.of("Account", key), ObjectSpec.of("Contact", key))
                        .withSettings("salesforce", Map.of("parent_lock_ms", 60)),
                0);
        http = new OverHttp(sandbox);
        TargetSchema accounts = described("Account");
        List<Write> writes = IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> write(i, "a" + i, null, Map.of("Name", new Value.Text("Account " + i))))
                .toList();
        http.run(SALESFORCE.deliver(new Batch(Action.UPSERT, false, "Account", "Ext__c", accounts, writes)));
        contacts = described("Contact", "Account.Ext__c");
    }

    @AfterEach
    void stop() {
        http.close();
        sandbox.close();
    }

    private TargetSchema described(String object, String... fields) {
        return ((Described.Schema) http.run(SALESFORCE.describe(object, Set.of(fields)))).schema();
    }

    @Test
    void theFieldsThatLockAreDescribed() {
        assertThat(contacts.lockedBy())
                .startsWith("AccountId", "Account.Ext__c")
                .contains("ReportsToId")
                .doesNotContain("OwnerId", "MasterRecordId");
    }

    @Test
    void anOwnFieldThatIsClearedWithItsRecordLocksNothing() {
        String fields = """
                {"fields": [
                  {"name": "Region__c", %1$s, "nillable": true},
                  {"name": "Required__c", %1$s, "nillable": false},
                  {"name": "Kept__c", %1$s, "nillable": true, "restrictedDelete": true},
                  {"name": "Master__c", %1$s, "nillable": true, "relationshipOrder": 0}]}""".formatted(
                        "\"type\": \"reference\", \"custom\": true, \"updateable\": true, \"referenceTo\": [\"X__c\"]");
        assertThat(Locks.of(JsonBody.read(Body.of(fields)).orElseThrow(), List.of()))
                .containsExactly("Master__c", "Kept__c", "Required__c");
    }

    @Test
    void putTogetherByAccountNoneIsLockedForAnother() throws Exception {
        TargetSchema unordered = new TargetSchema(
                contacts.object(),
                contacts.fields(),
                contacts.keys(),
                contacts.anyKey(),
                contacts.open(),
                contacts.references(),
                List.of());

        assertThat(locked(unordered)).as("in the order of the plan").isPositive();
        assertThat(locked(contacts)).as("put together by account").isZero();
        assertThat(sandbox.records("Contact")).hasSize(CONTACTS);
    }

    /** Delivers the plan as a run does, and counts the rows that found their account locked. */
    private long locked(TargetSchema schema) throws Exception {
        Batches batches = new Batches(
                Planned.pages(plan()),
                target(),
                Capabilities.all(Set.of(Action.UPSERT), Capabilities.Ability.batches(ROWS)),
                schema,
                List.of(),
                row -> "");
        List<Future<List<Outcome>>> underWay = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            while (batches.hasNext()) {
                if (batches.startsGroup()) {
                    for (Future<List<Outcome>> each : underWay) {
                        each.get();
                    }
                }
                Batch batch = batches.next();
                underWay.add(threads.submit(() -> http.run(SALESFORCE.deliver(batch))));
            }
            long locked = 0;
            for (Future<List<Outcome>> each : underWay) {
                locked += each.get().stream()
                        .filter(outcome -> outcome instanceof Outcome.Rejected no
                                && no.code().equals("UNABLE_TO_LOCK_ROW"))
                        .count();
            }
            return locked;
        }
    }

    private static List<PlannedWrite> plan() {
        List<PlannedWrite> plan = new ArrayList<>();
        for (int i = 0; i < CONTACTS; i++) {
            plan.add(new PlannedWrite(
                    i,
                    new RowKey("s:" + i),
                    Kind.ADD,
                    Cause.MODEL,
                    new Value.Text("c" + i),
                    null,
                    true,
                    Map.of(
                            "LastName",
                            new Value.Text("Name " + i),
                            "Account.Ext__c",
                            new Value.Text("a" + i % ACCOUNTS)),
                    Map.of(),
                    Row.EMPTY,
                    1L,
                    Map.of(),
                    Optional.empty()));
        }
        return plan;
    }

    private static Target target() {
        return new Target(
                "crm",
                "Contact",
                Target.Operation.UPSERT,
                TargetKey.of("Ext__c"),
                new FieldSource.Column("id"),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                false,
                Target.Strategy.BATCH,
                Place.ofFile("m.yaml"),
                Place.ofFile("m.yaml"));
    }

    @Test
    void aJobsRowsStandTogetherByAccountWhateverTheirOrder() {
        List<Write> writes = List.of(child(0, "a2"), child(1, "a1"), child(2, ""), child(3, "a2"), child(4, "a1"));

        assertThat(upload(writes)).containsExactly("c2", "c1", "c4", "c0", "c3");
        assertThat(upload(writes.reversed())).containsExactly("c2", "c1", "c4", "c0", "c3");
    }

    private static Write child(int i, String account) {
        return write(i, "c" + i, null, Map.of()).locking(account);
    }

    private List<String> upload(List<Write> writes) {
        Drive drive = new Drive(request -> switch (request.method()) {
            case POST -> JobScript.CREATED;
            case PUT -> JobScript.UPLOADED;
            case PATCH -> JobScript.CLOSED;
            case GET, DELETE -> request.path().endsWith("s") ? JobScript.untouched() : JobScript.done(5, 0);
        });
        drive.run(SALESFORCE.deliver(new Batch(Action.UPSERT, true, "Contact", "Ext__c", contacts, writes)));
        return drive.requests.stream()
                .filter(request -> request.path().endsWith("/batches"))
                .flatMap(request -> request.body().text().lines())
                .skip(1)
                .map(line -> line.split(",", -1)[0])
                .toList();
    }
}
