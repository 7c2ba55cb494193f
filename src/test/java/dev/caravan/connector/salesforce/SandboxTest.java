package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole connector against the sandbox, over real HTTP. */
class SandboxTest {

    private Sandbox sandbox;
    private OverHttp http;
    private TargetSchema schema;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(
                SandboxSpec.defaults()
                        .withObjects(ObjectSpec.of(
                                "Lead",
                                FieldSpec.builder("Lead_Id__c", FieldKind.TEXT)
                                        .length(40)
                                        .externalId(true)
                                        .unique(true)
                                        .build(),
                                FieldSpec.builder("Score__c", FieldKind.NUMBER)
                                        .precision(5)
                                        .scale(2)
                                        .build(),
                                FieldSpec.builder("Scored__c", FieldKind.DATE).build())),
                0);
        http = new OverHttp(sandbox);
        Described described = http.run(SALESFORCE.describe("Lead"));
        schema = ((Described.Schema) described).schema();
    }

    @AfterEach
    void stop() {
        http.close();
        sandbox.close();
    }

    private Batch batch(Action action, boolean job, List<Write> writes) {
        return new Batch(action, job, "Lead", "Lead_Id__c", schema, writes);
    }

    private List<Outcome> deliver(Action action, boolean job, Write... writes) {
        return http.run(SALESFORCE.deliver(batch(action, job, List.of(writes))));
    }

    private static Write lead(int i, String score) {
        return write(
                i,
                "lead-" + i,
                null,
                Map.of(
                        "LastName", new Value.Text("Öz, \"" + i + "\""),
                        "Company", new Value.Text("Ünal"),
                        "Score__c", new Value.Text(score)));
    }

    private String stored(int i, String field) {
        return sandbox.record("Lead", "Lead_Id__c", "lead-" + i)
                .map(record -> record.path(field).asText())
                .orElse("no record");
    }

    @Test
    void theOrganisationAndItsFieldsAreKnown() {
        assertThat(SALESFORCE.account(http.login()))
                .hasValueSatisfying(id -> assertThat(id).hasSize(18).startsWith("00DSb0000000001"));
        assertThat(schema.field("Lead_Id__c")).hasValueSatisfying(field -> {
            assertThat(field.key()).isTrue();
            assertThat(field.kind()).isEqualTo(Kind.TEXT);
        });
        assertThat(http.run(SALESFORCE.describe("Nothing__c"))).isInstanceOf(Described.Failed.class);
    }

    @Test
    void aBatchWithABadRowIsWrittenButForThatRow() {
        Write bad = write(
                1, "lead-1", null, Map.of("LastName", new Value.Text("x".repeat(81)), "Company", new Value.Text("c")));
        Write broken = write(
                2,
                "lead-2",
                null,
                Map.of(
                        "LastName",
                        new Value.Text("x"),
                        "Company",
                        new Value.Text("c"),
                        "Scored__c",
                        new Value.Text("soon")));

        assertThat(deliver(Action.UPSERT, false, lead(0, "1.50"), broken))
                .as("a value that is no JSON of its type breaks the whole request, so that nothing of it is written")
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                refusal -> assertThat(refusal.together()).isTrue()));
        assertThat(sandbox.writes()).isEmpty();

        List<Outcome> outcomes = deliver(Action.UPSERT, false, lead(0, "1.50"), bad, lead(3, "2"));

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class, a -> assertThat(a.created()).isTrue());
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Rejected.class, r -> {
            assertThat(r.code()).isEqualTo("STRING_TOO_LONG");
            assertThat(r.field()).isEqualTo("LastName");
        });
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Accepted.class);
        assertThat(stored(0, "LastName")).isEqualTo("Öz, \"0\"");
        assertThat(stored(0, "Score__c")).isEqualTo("1.5");
        assertThat(sandbox.writes())
                .allSatisfy(entry -> assertThat(entry.author().client()).isEqualTo("caravan"));
    }

    @Test
    void updatesAndDeletionsFindTheirRecordsByKey() {
        deliver(Action.UPSERT, false, lead(0, "1"), lead(1, "1"));

        assertThat(deliver(
                        Action.UPDATE,
                        false,
                        write(0, "LEAD-0", null, Map.of("Score__c", Value.ofNull())),
                        write(1, "lead-9", null, Map.of("Score__c", new Value.Int(3)))))
                .satisfiesExactly(
                        one -> assertThat(one).isInstanceOf(Outcome.Accepted.class),
                        two -> assertThat(two)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        r -> assertThat(r.code()).isEqualTo("NOT_FOUND")));
        assertThat(stored(0, "Score__c")).isIn("", "null");

        String id = stored(1, "Id");
        assertThat(deliver(Action.DELETE, false, write(0, "lead-0", null, Map.of()), write(1, "lead-1", id, Map.of())))
                .hasOnlyElementsOfType(Outcome.Accepted.class);
        assertThat(deliver(Action.DELETE, false, write(0, "lead-0", null, Map.of()), write(1, "lead-1", id, Map.of())))
                .hasOnlyElementsOfType(Outcome.Unchanged.class);
        assertThat(sandbox.records("Lead")).isEmpty();
    }

    @Test
    void aLargeJobIsJoinedWhateverTheOrderOfItsResults() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            writes.add(lead(i, i % 100 == 7 ? "100000" : "0." + i % 100));
        }

        List<Outcome> outcomes = http.run(SALESFORCE.deliver(batch(Action.UPSERT, true, writes)));

        Map<String, String> ids = sandbox.records("Lead").stream()
                .collect(Collectors.toMap(
                        record -> record.path("Lead_Id__c").asText(),
                        record -> record.path("Id").asText()));
        assertThat(outcomes).hasSize(12_000);
        for (int i = 0; i < 12_000; i++) {
            if (i % 100 == 7) {
                assertThat(outcomes.get(i))
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                r -> assertThat(r.errorClass()).isEqualTo(ErrorClass.DATA));
            } else {
                assertThat(outcomes.get(i)).isEqualTo(new Outcome.Accepted(ids.get("lead-" + i), true));
            }
        }
        assertThat(ids).hasSize(11_880);
    }

    @Test
    void whateverAnswerIsLostNothingIsClaimedThatIsNotSo() {
        List<Fault> faults = List.of(
                Fault.once(new FaultAction.LoseAnswer()).on("POST", "/jobs/ingest$"),
                Fault.once(new FaultAction.LoseAnswer()).on("PUT", "/batches$"),
                Fault.once(new FaultAction.Reset()).on("PUT", "/batches$"),
                Fault.once(new FaultAction.LoseAnswer()).on("PATCH", "/jobs/ingest/"),
                Fault.once(new FaultAction.Reset()).on("PATCH", "/jobs/ingest/"),
                Fault.once(new FaultAction.LoseAnswer()).on("GET", "/jobs/ingest/"),
                Fault.once(new FaultAction.Truncate()).on("GET", "/successfulResults"),
                Fault.once(new FaultAction.Truncate()).on("GET", "/failedResults"),
                Fault.once(new FaultAction.FailJob(2, "TooManyLockFailure : Too many lock failure")),
                Fault.once(new FaultAction.Respond(503, Map.of(), "")).on("PATCH", "/jobs/ingest/"));
        int key = 0;
        for (Fault fault : faults) {
            sandbox.faults().add(fault);
            Write[] writes = {lead(key, "1"), lead(key + 1, "1"), lead(key + 2, "100000"), lead(key + 3, "1")};

            List<Outcome> outcomes = deliver(Action.UPSERT, true, writes);

            for (int i = 0; i < 4; i++) {
                boolean there = !stored(key + i, "Id").equals("no record");
                boolean claimed = outcomes.get(i) instanceof Outcome.Accepted;
                boolean open = outcomes.get(i) instanceof Outcome.Unknown;
                assertThat(open || claimed == there)
                        .as(fault.toString() + outcomes)
                        .isTrue();
            }
            assertThat(outcomes).as(fault.toString()).doesNotHaveAnyElementsOfTypes(Outcome.Unknown.class);
            key += 4;
        }
        assertThat(sandbox.faults().list()).as("every fault was met").allMatch(status -> status.fired() == 1);
    }

    @Test
    void aJobIsTakenUpWhereACrashLeftIt() {
        Batch batch = batch(Action.UPSERT, true, List.of(lead(0, "1"), lead(1, "1")));
        List<Outcome> first = http.run(SALESFORCE.deliver(batch));

        assertThat(http.run(SALESFORCE.resume(batch, http.remembered.getFirst())))
                .isEqualTo(first);
        assertThat(http.run(SALESFORCE.resume(batch, "750000000000000AAA")))
                .containsOnly(new Outcome.Unknown("job_gone"));

        int before = sandbox.records("Lead").size();
        Batch other = batch(Action.UPSERT, true, List.of(lead(2, "1")));
        Drive crash = new Drive(request -> {
            if (request.path().endsWith("/batches")) {
                throw new IllegalStateException("crash");
            }
            return http.send(request);
        });
        assertThat(catchThrowable(() -> crash.run(SALESFORCE.deliver(other)))).hasMessage("crash");
        assertThat(http.run(SALESFORCE.resume(other, crash.remembered.getFirst())))
                .containsExactly(new Outcome.Deferred("job_aborted", Optional.empty()));
        assertThat(sandbox.records("Lead")).hasSize(before);
    }
}
