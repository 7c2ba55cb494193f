package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.FieldSpecBuilder;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox with some custom fields and a clock that stands still, and a client logged in to it. */
abstract class SandboxTests {

    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    static final SandboxSpec SPEC = SandboxSpec.defaults()
            .withObjects(
                    ObjectSpec.of(
                            "Lead",
                            key("Lead_Id__c").build(),
                            FieldSpec.builder("Lead_Score__c", FieldKind.NUMBER)
                                    .scale(2)
                                    .build(),
                            FieldSpec.builder("Grade__c", FieldKind.PICKLIST)
                                    .values(List.of("A", "B", "C", "D"))
                                    .restricted(true)
                                    .build(),
                            FieldSpec.builder("Scored_At__c", FieldKind.DATETIME)
                                    .build(),
                            FieldSpec.builder("Scored_On__c", FieldKind.DATE).build(),
                            FieldSpec.builder("Call_At__c", FieldKind.TIME).build(),
                            FieldSpec.builder("Opted_In__c", FieldKind.CHECKBOX).build(),
                            FieldSpec.builder("Ref__c", FieldKind.TEXT)
                                    .length(20)
                                    .externalId(true)
                                    .build()),
                    ObjectSpec.of("Contact", key("Ext__c").caseSensitive(true).build()),
                    ObjectSpec.of("Account", key("Account_Key__c").build()),
                    ObjectSpec.of(
                            "Visit__c",
                            key("Visit_Key__c").build(),
                            FieldSpec.builder("Lead__c", FieldKind.LOOKUP)
                                    .references("Lead")
                                    .build()));

    Sandbox sandbox;
    Client client;

    SandboxSpec spec() {
        return SPEC;
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        sandbox = Sandbox.start(spec(), 0, () -> START);
        client = new Client(sandbox).login();
    }

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    /** JSON written with single quotes. */
    static String q(String json) {
        return json.replace('\'', '"');
    }

    static String lead(String key, String more) {
        return q("{'attributes':{'type':'Lead'},'Lead_Id__c':'" + key + "','LastName':'Smith','Company':'Acme'" + more
                + "}");
    }

    JsonNode upsertLead(String key, String more) throws IOException, InterruptedException {
        Client.Answer answer = client.upsert("Lead/Lead_Id__c", "[" + lead(key, more) + "]");
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.text());
        }
        return answer.json().path(0);
    }

    JsonNode leadRecord(String key) {
        return sandbox.record("Lead", "Lead_Id__c", key).orElseThrow();
    }

    void fault(String json) throws IOException, InterruptedException {
        Client.Answer answer = client.post("/__sandbox/faults", q(json));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.text());
        }
    }

    private static FieldSpecBuilder key(String name) {
        return FieldSpec.builder(name, FieldKind.TEXT)
                .length(40)
                .externalId(true)
                .unique(true);
    }
}
