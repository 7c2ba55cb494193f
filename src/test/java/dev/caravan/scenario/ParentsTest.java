package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.RequestLog;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.salesforce.Edit;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contacts that lead to their accounts by a key of theirs. */
class ParentsTest {

    private static final String MAPPING = """
            model:
              connection: files
              path: contacts.csv
              key: id
            destination:
              connection: crm
              object: Contact
              operation: upsert
              key: {Ext__c: id}
              on_removed: nothing
            fields:
              LastName: name
              Account.Ext__c: account
            """;

    private static final FieldSpec KEY = FieldSpec.builder("Ext__c", FieldKind.TEXT)
            .length(20)
            .externalId(true)
            .unique(true)
            .build();

    @TempDir
    private Path folder;

    @Test
    void contactsOfOneAccountTravelTogetherAndNoneFindsItLocked() {
        try (TestBed bed = bed(MAPPING + "guardrails: {max_changed: 100%}\n")) {
            bed.sandbox().settings("salesforce").orElseThrow().change(Map.of("parent_lock_ms", 40));
            IntStream.range(0, 30).forEach(i -> account(bed, "a" + i));
            bed.write("data/contacts.csv", contacts("Name"));

            assertThat(bed.settle().accounting()).isEqualTo(new Accounting(600, 600, 0, 0, 0, 0));
            assertThat(upserts(bed)).as("none is sent a second time").isEqualTo(3);

            bed.write("data/contacts.csv", contacts("Other"));
            assertThat(bed.settle().accounting()).isEqualTo(new Accounting(600, 600, 0, 0, 0, 0));
            assertThat(upserts(bed))
                    .as("nor where the account stays what it is, and is not sent")
                    .isEqualTo(6);
        }
    }

    @Test
    void aJobsContactsStandTogetherByAccountAlsoWhereThatStays() {
        String mapping = MAPPING.replace("on_removed: nothing", "on_removed: nothing\n  strategy: job");
        try (TestBed bed = bed(mapping + "guardrails: {max_changed: 100%}\n")) {
            IntStream.range(0, 30).forEach(i -> account(bed, "a" + i));
            for (String name : List.of("Name", "Other")) {
                int before = bed.sandbox().writes().size();
                bed.write("data/contacts.csv", contacts(name));
                assertThat(bed.settle().accounting().accepted()).isEqualTo(600);

                Map<String, String> accounts = bed.sandbox().records("Contact").stream()
                        .collect(Collectors.toMap(
                                contact -> contact.path("Id").asText(),
                                contact -> contact.path("AccountId").asText()));
                List<String> written = new ArrayList<>();
                List<WriteEntry> all = bed.sandbox().writes();
                all.subList(before, all.size()).stream()
                        .map(write -> accounts.get(write.id()))
                        .filter(account ->
                                written.isEmpty() || !written.getLast().equals(account))
                        .forEach(written::add);
                assertThat(written).as(name).hasSize(30);
            }
        }
    }

    private static String contacts(String name) {
        StringBuilder rows = new StringBuilder("id,name,account\n");
        for (int i = 0; i < 600; i++) {
            rows.append("%d,%s %d,a%d\n".formatted(i, name, i, i % 30));
        }
        return rows.toString();
    }

    private static long upserts(TestBed bed) {
        return bed.sandbox().requests().stream()
                .map(RequestLog.Entry::operation)
                .filter("collections.upsert"::equals)
                .count();
    }

    @Test
    void aTaskLeadsToALeadAndHasARecordType() {
        String mapping = MAPPING.replace("Contact", "Task")
                .replace("LastName: name", "Subject: name\n  RecordType.DeveloperName: kind")
                .replace("Account.Ext__c: account", "Lead:Who.Email: who");
        SandboxSpec spec = SandboxSpec.defaults()
                .withObjects(
                        ObjectSpec.of("Task", KEY).withRecordTypes("Plain", "Follow_Up"), ObjectSpec.of("Lead", KEY));
        try (TestBed bed = new TestBed(folder, spec).write("mappings/test.yaml", mapping)) {
            Edit lead = new Edit(
                    "Lead",
                    "insert",
                    "Id",
                    "",
                    Json.object()
                            .put("LastName", "Ada")
                            .put("Company", "Engines")
                            .put("Email", "ada@example.com"),
                    "");
            String id = bed.sandbox().edit(lead).id();
            bed.write(
                    "data/contacts.csv",
                    "id,name,kind,who\n1,Call,Follow_Up,ada@example.com\n2,Call,Nothing,ada@example.com\n3,Call,,\n");

            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            ObjectNode task = bed.sandbox().record("Task", "Ext__c", "1").orElseThrow();
            assertThat(task.path("WhoId").asText()).isEqualTo(id);
            assertThat(task.path("RecordTypeId").asText()).startsWith("012");
            assertThat(bed.sandbox().record("Task", "Ext__c", "2"))
                    .as("no such record type: invalid, not sent")
                    .isEmpty();
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    private TestBed bed(String mapping) {
        FieldSpec plain =
                FieldSpec.builder("Plain__c", FieldKind.TEXT).length(20).build();
        SandboxSpec spec =
                SandboxSpec.defaults().withObjects(ObjectSpec.of("Account", KEY, plain), ObjectSpec.of("Contact", KEY));
        return new TestBed(folder, spec).write("mappings/test.yaml", mapping);
    }

    private static void account(TestBed bed, String key) {
        bed.sandbox()
                .edit(new Edit(
                        "Account",
                        "insert",
                        "Id",
                        "",
                        Json.object().put("Name", key).put("Ext__c", key),
                        ""));
    }

    private static String accountOf(TestBed bed, String contact) {
        return bed.sandbox()
                .record("Contact", "Ext__c", contact)
                .map(record -> record.path("AccountId").asText(""))
                .orElse("no contact");
    }

    private static String id(TestBed bed, String account) {
        return bed.sandbox()
                .record("Account", "Ext__c", account)
                .orElseThrow()
                .path("Id")
                .asText();
    }

    @Test
    void aContactWaitsForItsAccountAndFollowsAnother() {
        try (TestBed bed = bed(MAPPING)) {
            account(bed, "a1");
            bed.write("data/contacts.csv", "id,name,account\n1,Ann,a1\n2,Bob,a2\n3,Cy,\n");

            SyncReport first = bed.sync();
            assertThat(first.accounting()).isEqualTo(new Accounting(3, 2, 0, 1, 0, 0));
            assertThat(first.heldBy()).containsEntry("no_parent", 1L);
            assertThat(bed.sandbox().requests())
                    .extracting(RequestLog.Entry::operation)
                    .as("asking again in the same run would not bring the account")
                    .containsExactly("login", "describe", "describe", "collections.upsert");
            assertThat(accountOf(bed, "1")).isEqualTo(id(bed, "a1"));
            assertThat(accountOf(bed, "2")).isEqualTo("no contact");
            assertThat(accountOf(bed, "3")).isEmpty();

            account(bed, "a2");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(accountOf(bed, "2")).isEqualTo(id(bed, "a2"));
            assertThat(bed.sync().requests()).isZero();

            bed.write("data/contacts.csv", "id,name,account\n1,Ann,a2\n2,Bob,\n3,Cy,\n");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(accountOf(bed, "1")).isEqualTo(id(bed, "a2"));
            assertThat(accountOf(bed, "2")).isEmpty();
        }
    }

    @Test
    void aLinkThatCannotBeIsRefusedBeforeAnythingIsSent() {
        assertThat(refused("Account.Plain__c"))
                .isEqualTo("Contact.Account.Plain__c goes by a field of Account that is no external id");
        assertThat(refused("Acount.Ext__c")).isEqualTo("Contact.Acount.Ext__c does not exist");
    }

    private String refused(String field) {
        try (TestBed bed = bed(MAPPING.replace("Account.Ext__c", field))) {
            bed.write("data/contacts.csv", "id,name,account\n1,Ann,a1\n");
            Problem problem = catchThrowableOfType(InvalidInput.class, bed::sync)
                    .problems()
                    .getFirst();
            assertThat(problem.code()).isIn(Code.TARGET_LOOKUP, Code.TARGET_FIELD_UNKNOWN);
            assertThat(bed.sandbox().writes()).isEmpty();
            return problem.message();
        }
    }
}
