package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.problem.Code;
import dev.caravan.row.Value;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that lead to others by a key of theirs, over real HTTP: described, sent by both ways, missing, cleared. */
class LinkedRecordsTest {

    private static final Set<String> NONE = Set.of();

    private Sandbox sandbox;
    private OverHttp http;

    @BeforeEach
    void start() throws Exception {
        FieldSpec key = FieldSpec.builder("Ext__c", FieldKind.TEXT)
                .length(20)
                .externalId(true)
                .unique(true)
                .build();
        FieldSpec plain =
                FieldSpec.builder("Plain__c", FieldKind.TEXT).length(20).build();
        FieldSpec number = FieldSpec.builder("No__c", FieldKind.NUMBER)
                .precision(8)
                .scale(0)
                .externalId(true)
                .build();
        FieldSpec visited = FieldSpec.builder("Account__c", FieldKind.LOOKUP)
                .references("Account")
                .required(true)
                .build();
        sandbox = Sandbox.start(
                SandboxSpec.defaults()
                        .withObjects(
                                ObjectSpec.of("Account", key, plain, number),
                                ObjectSpec.of("Contact", key),
                                ObjectSpec.of("Lead", key),
                                ObjectSpec.of("Task", key),
                                ObjectSpec.of("Visit__c", key, visited)),
                0);
        http = new OverHttp(sandbox);
        deliver(Action.UPSERT, false, described("Account", Set.of()), account("a1", 1), account("a2", 2));
    }

    @AfterEach
    void stop() {
        http.close();
        sandbox.close();
    }

    private static Write account(String key, int number) {
        return write(0, key, null, Map.of("Name", new Value.Text("Account " + key), "No__c", new Value.Int(number)));
    }

    private static Write contact(int i, Map<String, Value> fields) {
        return write(i, "c" + i, null, with(fields, "LastName", new Value.Text("Name " + i)));
    }

    private static Map<String, Value> with(Map<String, Value> fields, String name, Value value) {
        Map<String, Value> all = new java.util.LinkedHashMap<>(fields);
        all.put(name, value);
        return all;
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private TargetSchema described(String object, Set<String> fields) {
        return ((Described.Schema) http.run(SALESFORCE.describe(object, fields))).schema();
    }

    private List<Outcome> deliver(Action action, boolean job, TargetSchema schema, Write... writes) {
        return http.run(SALESFORCE.deliver(new Batch(action, job, schema.object(), "Ext__c", schema, List.of(writes))));
    }

    private String id(String object, String key) {
        return sandbox.record(object, "Ext__c", key).orElseThrow().path("Id").asText();
    }

    private String stored(String object, String key, String field) {
        return sandbox.record(object, "Ext__c", key).orElseThrow().path(field).asText("");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordLeadsToAnotherByItsKey(boolean job) {
        TargetSchema schema = described("Contact", Set.of("LastName", "Account.Ext__c"));

        assertThat(deliver(
                        Action.UPSERT,
                        job,
                        schema,
                        contact(0, Map.of("Account.Ext__c", text("A1"))),
                        contact(1, Map.of()),
                        contact(2, Map.of("Account.Ext__c", text("a2")))))
                .hasOnlyElementsOfType(Outcome.Accepted.class);

        assertThat(stored("Contact", "c0", "AccountId")).isEqualTo(id("Account", "a1"));
        assertThat(stored("Contact", "c1", "AccountId")).isEmpty();
        assertThat(stored("Contact", "c2", "AccountId")).isEqualTo(id("Account", "a2"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nullClearsTheReferenceAndARowThatSaysNothingKeepsIt(boolean job) {
        TargetSchema schema = described("Contact", Set.of("Account.Ext__c"));
        Write linked = contact(0, Map.of("Account.Ext__c", text("a1")));
        deliver(Action.UPSERT, job, schema, linked, contact(1, linked.fields()), contact(2, linked.fields()));

        assertThat(deliver(
                        Action.UPSERT,
                        job,
                        schema,
                        contact(0, Map.of("Account.Ext__c", Value.ofNull())),
                        contact(1, Map.of()),
                        contact(2, Map.of("Account.Ext__c", text("a2")))))
                .hasOnlyElementsOfType(Outcome.Accepted.class);

        assertThat(stored("Contact", "c0", "AccountId")).isEmpty();
        assertThat(stored("Contact", "c1", "AccountId")).isEqualTo(id("Account", "a1"));
        assertThat(stored("Contact", "c2", "AccountId")).isEqualTo(id("Account", "a2"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRowWhoseParentIsNotThereWaitsAndTheOthersGo(boolean job) {
        TargetSchema schema = described("Contact", Set.of("Account.Ext__c"));

        List<Outcome> outcomes = deliver(
                Action.UPSERT,
                job,
                schema,
                contact(0, Map.of("Account.Ext__c", text("nobody"))),
                contact(1, Map.of("Account.Ext__c", text("a1"))));

        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Deferred(Outcome.Deferred.NO_PARENT, Optional.empty()));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReferenceToSeveralObjectsNamesTheOneItMeans(boolean job) {
        TargetSchema leads = described("Lead", NONE);
        TargetSchema contacts = described("Contact", NONE);
        Map<String, Value> ada = Map.of("Email", text("ada@example.com"), "LastName", text("Ada"));
        deliver(Action.UPSERT, false, leads, write(0, "l", null, with(ada, "Company", text("Engines"))));
        deliver(Action.UPSERT, false, contacts, write(0, "c", null, ada));
        TargetSchema tasks = described("Task", Set.of("Lead:Who.Email"));
        TargetSchema others = described("Task", Set.of("Contact:Who.Email", "Account:What.No__c"));

        assertThat(tasks.field("Lead:Who.Email")).map(TargetField::kind).hasValue(Kind.EMAIL);
        assertThat(deliver(
                        Action.UPSERT,
                        job,
                        tasks,
                        write(0, "t1", null, Map.of("Lead:Who.Email", text("ADA@example.com")))))
                .hasOnlyElementsOfType(Outcome.Accepted.class);
        assertThat(deliver(
                        Action.UPSERT,
                        job,
                        others,
                        write(
                                0,
                                "t2",
                                null,
                                Map.of("Contact:Who.Email", text("ada@example.com"), "Account:What.No__c", text("2")))))
                .hasOnlyElementsOfType(Outcome.Accepted.class);

        assertThat(stored("Task", "t1", "WhoId")).isEqualTo(id("Lead", "l"));
        assertThat(stored("Task", "t2", "WhoId")).isEqualTo(id("Contact", "c"));
        assertThat(stored("Task", "t2", "WhatId")).isEqualTo(id("Account", "a2"));
    }

    @Test
    void theLinkIsOfTheKeysKindAndNeededWhereTheReferenceIs() {
        TargetSchema visits = described("Visit__c", Set.of("Account__r.No__c"));

        assertThat(visits.field("Account__r.No__c")).hasValueSatisfying(link -> {
            assertThat(link.kind()).isEqualTo(Kind.NUMBER);
            assertThat(link.requiredOnCreate()).isTrue();
            assertThat(link.nillable()).isFalse();
            assertThat(link.key()).isFalse();
        });
        assertThat(visits.field("Account__c"))
                .map(TargetField::requiredOnCreate)
                .as("it is filled by the link")
                .hasValue(false);
        assertThat(described("Visit__c", NONE).field("Account__c"))
                .map(TargetField::requiredOnCreate)
                .hasValue(true);
        assertThat(deliver(Action.UPSERT, true, visits, write(0, "v", null, Map.of("Account__r.No__c", text("2")))))
                .hasOnlyElementsOfType(Outcome.Accepted.class);
        assertThat(stored("Visit__c", "v", "Account__c")).isEqualTo(id("Account", "a2"));
    }

    @Test
    void anObjectMayLeadToItself() {
        TargetSchema accounts = described("Account", Set.of("Parent.Ext__c"));

        deliver(Action.UPSERT, false, accounts, write(0, "a2", null, Map.of("Parent.Ext__c", text("a1"))));

        assertThat(stored("Account", "a2", "ParentId")).isEqualTo(id("Account", "a1"));
    }

    @ParameterizedTest
    @CsvSource({
        "Contact, Account.Plain__c, goes by a field of Account that is no external id",
        "Contact, Account:Account.Ext__c, leads to records of one object alone",
        "Task, Who.Email, may lead to records of several objects",
        "Task, Account:Who.Ext__c, does not lead to records of Account"
    })
    void aLinkThatCannotBeSentIsRefusedBeforeAnythingIs(String object, String field, String why) {
        Described.Failed failed = (Described.Failed) http.run(SALESFORCE.describe(object, Set.of(field)));

        assertThat(failed.problem().code()).isEqualTo(Code.TARGET_LOOKUP);
        assertThat(failed.problem().message()).isEqualTo(object + "." + field + " " + why);
        assertThat(failed.retryable()).isFalse();
    }

    @Test
    void twoNamesOfOneReferenceAreRefused() {
        assertThat(http.run(SALESFORCE.describe("Contact", Set.of("Account.Ext__c", "AccountId"))))
                .isInstanceOfSatisfying(
                        Described.Failed.class,
                        failed -> assertThat(failed.problem().message())
                                .isEqualTo("Contact.Account.Ext__c and Contact.AccountId fill the same reference"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acount.Ext__c", "Account.Nothing__c", "Account.Owner.Email"})
    void whatIsNotThereIsLeftOutAsAnyUnknownField(String field) {
        assertThat(described("Contact", Set.of(field)).field(field)).isEmpty();
    }

    @Test
    void ofSeveralRecordsWithTheKeyNoneIsMeant() {
        deliver(Action.UPSERT, false, described("Account", NONE), account("a3", 2));
        TargetSchema schema = described("Contact", Set.of("Account.No__c"));

        assertThat(deliver(Action.UPSERT, false, schema, contact(0, Map.of("Account.No__c", new Value.Int(2)))))
                .first()
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        no -> assertThat(no.errorClass()).isEqualTo(ErrorClass.CONFLICT));
    }
}
