package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that one row gives up and another one gets. The other must not be written over the first one's record. */
class PassedOnKeysTest {

    @TempDir
    private Path folder;

    private TestBed bed(String vendor, String object, String operation, String name) {
        return bed(vendor, object, operation, name, "email");
    }

    private TestBed bed(String vendor, String object, String operation, String name, String key) {
        TestBed bed = TestBed.inOneTime(folder, SandboxSpec.defaults());
        String secret = vendor.equals("hubspot") ? "pat-na1-caravan-demo" : "caravan-demo-" + vendor + "-token";
        return bed.write("secrets/token", secret + "\n")
                .write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          crm:
                            connector: %s
                            api_base: "%s"
                            access_token: "{{file:secrets/token}}"
                        """.formatted(vendor, bed.sandbox().uri(vendor)))
                .write("mappings/test.yaml", """
                        model: {connection: files, path: people.csv, key: id}
                        contract: {checks: [{not_null: [name]}], valid_share: 10%%}
                        destination: {connection: crm, object: %s, operation: %s, key: {email: %s}}
                        fields: {%s: name}
                        guardrails: {max_changed: 100%%, max_removed: 100%%}
                        """.formatted(object, operation, key, name));
    }

    /** The search of Intercom is behind for a while. */
    private static SyncReport sync(TestBed bed, String... rows) {
        bed.write("data/people.csv", "id,email,name\n" + String.join("\n", rows) + "\n");
        SyncReport report = bed.settle();
        bed.pass(Duration.ofMinutes(1));
        bed.sandbox().clock().advance(Duration.ofMinutes(1));
        return report;
    }

    private static Map<String, String> held(TestBed bed, String vendor, String name) {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode contact : bed.sandbox().vendor(vendor).records("contacts")) {
            held.merge(contact.path("email").asText(), contact.path(name).asText(), (one, other) -> one + "," + other);
        }
        return held;
    }

    /** The key as it is, and one that only evaluating an expression tells. */
    @ParameterizedTest
    @ValueSource(strings = {"email", "{column: email, normalise: email}"})
    void aKeyThatIsNotLeftYetIsNotTaken(String key) {
        try (TestBed bed = bed("hubspot", "contacts", "upsert", "firstname", key)) {
            sync(bed, "1,a@example.com,Ada");
            bed.sandbox()
                    .faults()
                    .add(new Fault(
                            "busy",
                            "POST",
                            Pattern.compile("batch/update"),
                            null,
                            null,
                            0,
                            3,
                            new FaultAction.Respond(
                                    423, Map.of("Content-Type", "application/json"), "{\"category\":\"LOCKED\"}")));
            SyncReport locked = sync(bed, "1,new@example.com,Ada", "3,a@example.com,Eve");
            assertThat(locked.accounting().planned()).isEqualTo(2);
            assertThat(locked.accounting().held()).isEqualTo(2);
            assertThat(locked.heldBy()).containsEntry("key_not_left", 1L);
            assertThat(held(bed, "hubspot", "firstname")).containsOnly(Map.entry("a@example.com", "Ada"));

            assertThat(sync(bed, "1,new@example.com,Ada", "3,a@example.com,Eve").heldBy())
                    .containsOnly(Map.entry("key_not_left", 1L));
            assertThat(sync(bed, "1,new@example.com,Ada", "3,a@example.com,Eve")
                            .accounting()
                            .accepted())
                    .isEqualTo(1);
            assertThat(held(bed, "hubspot", "firstname"))
                    .containsOnly(Map.entry("a@example.com", "Eve"), Map.entry("new@example.com", "Ada"));
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** Row 1 goes on to an address that somebody else has, and cannot; row 3 gets the one that it should have left. */
    @ParameterizedTest
    @CsvSource({"hubspot, contacts, firstname", "intercom, contacts, name"})
    void aRowIsNotOverwrittenByOneThatGetsItsKey(String vendor, String object, String name) {
        try (TestBed bed = bed(vendor, object, "upsert", name)) {
            sync(bed, "1,a@example.com,Ada", "2,c@example.com,Cy");
            SyncReport refused = sync(bed, "1,c@example.com,Ada", "3,a@example.com,Eve");
            assertThat(refused.accounting().rejected()).isEqualTo(1);
            assertThat(refused.heldBy()).containsOnly(Map.entry("key_not_left", 1L));
            assertThat(sync(bed, "1,c@example.com,Ada", "3,a@example.com,Eve").heldBy())
                    .as("while the refusal stands")
                    .containsOnly(Map.entry("key_not_left", 1L));

            sync(bed, "1,d@example.com,Ada", "3,a@example.com,Eve");
            sync(bed, "1,d@example.com,Ada", "3,a@example.com,Eve");
            assertThat(held(bed, vendor, name))
                    .containsEntry("a@example.com", "Eve")
                    .containsEntry("d@example.com", "Ada");
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** What the contract holds back does not move either. */
    @ParameterizedTest
    @ValueSource(strings = {"email", "{column: email, normalise: email}"})
    void theKeyOfARowThatIsInvalidIsNotTaken(String key) {
        try (TestBed bed = bed("hubspot", "contacts", "upsert", "firstname", key)) {
            sync(bed, "1,a@example.com,Ada");
            assertThat(sync(bed, "1,new@example.com,", "3,a@example.com,Eve").heldBy())
                    .containsOnly(Map.entry("key_not_left", 1L));
            assertThat(held(bed, "hubspot", "firstname")).containsOnly(Map.entry("a@example.com", "Ada"));

            sync(bed, "1,new@example.com,Ada", "3,a@example.com,Eve");
            sync(bed, "1,new@example.com,Ada", "3,a@example.com,Eve");
            assertThat(held(bed, "hubspot", "firstname"))
                    .containsOnly(Map.entry("a@example.com", "Eve"), Map.entry("new@example.com", "Ada"));
        }
    }

    /** A row that had its record once leaves without taking another row's along. */
    @ParameterizedTest
    @CsvSource({"hubspot, contacts, firstname", "intercom, contacts, name"})
    void whatLeavesDoesNotTakeAnotherRowsRecordAlong(String vendor, String object, String name) {
        try (TestBed bed = bed(vendor, object, "mirror", name)) {
            sync(bed, "1,a@example.com,Ada", "2,c@example.com,Cy", "4,f@example.com,Flo");
            sync(bed, "1,f@example.com,Ada", "2,c@example.com,Cy", "4,f2@example.com,Flo", "3,a@example.com,Eve");
            sync(bed, "1,c@example.com,Ada", "2,c2@example.com,Cy", "4,f2@example.com,Flo", "3,a@example.com,Eve");
            sync(bed, "1,d@example.com,Ada", "2,c2@example.com,Cy", "4,f2@example.com,Flo", "3,a@example.com,Eve");
            sync(bed, "1,d@example.com,Ada", "2,c2@example.com,Cy", "4,f2@example.com,Flo");
            sync(bed, "1,d@example.com,Ada", "2,c2@example.com,Cy", "4,f2@example.com,Flo");
            assertThat(held(bed, vendor, name)).containsEntry("d@example.com", "Ada");
        }
    }
}
