package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HubSpot as recorded, where no answer repeats a trace id and results come in any order. */
class UntracedContactsTest {

    @TempDir
    private Path folder;

    private TestBed bed(String operation, int silentEvery) {
        TestBed bed = TestBed.inOneTime(folder, SandboxSpec.defaults());
        assertThat(bed.sandbox()
                        .vendor("hubspot")
                        .settings()
                        .change(Map.of("traces", false, "silent_every", silentEvery)))
                .isEmpty();
        return bed.write("secrets/token", "pat-na1-caravan-demo\n")
                .write("data/people.csv", "email,name\na@example.com,Ada\nBo@Example.com,Bo\nc@example.com,Cy\n")
                .write("caravan.yaml", """
                    connections:
                      files: {connector: files, path: data}
                      crm: {connector: hubspot, api_base: "%s", access_token: "{{file:secrets/token}}"}
                    """.formatted(bed.sandbox().uri("hubspot")))
                .write("mappings/test.yaml", """
                    model: {connection: files, path: people.csv, key: email}
                    destination: {connection: crm, object: contacts, operation: %s, key: {email: email}}
                    fields: {firstname: name}
                    """.formatted(operation));
    }

    private static Map<String, String> held(TestBed bed) {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode contact : bed.sandbox().vendor("hubspot").records("contacts")) {
            held.put(contact.path("email").asText(), contact.path("firstname").asText());
        }
        return held;
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsert", "insert"})
    void everyRowIsAcceptedThatIsThere(String operation) {
        try (TestBed bed = bed(operation, 0)) {
            SyncReport report = bed.sync();

            assertThat(report.accounting().accepted()).isEqualTo(3);
            assertThat(report.accounting().unknown()).isZero();
            assertThat(held(bed))
                    .isEqualTo(Map.of("a@example.com", "Ada", "Bo@Example.com", "Bo", "c@example.com", "Cy"));
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    @Test
    void noneIsAcceptedThatIsNot() {
        try (TestBed bed = bed("insert", 1)) {
            SyncReport report = bed.sync();

            assertThat(report.accounting().accepted()).isZero();
            assertThat(report.accounting().unknown()).isEqualTo(3);
            assertThat(held(bed)).isEmpty();
        }
    }

    /** It does not send the key, and answers tell what was sent: the rows are written, and nobody can say which. */
    @Test
    void anUpdateWhoseAnswerTellsNoKeysIsUnknown() {
        try (TestBed bed = bed("upsert", 0)) {
            bed.sync();
            bed.write("mappings/test.yaml", """
                model: {connection: files, path: people.csv, key: email}
                destination: {connection: crm, object: contacts, operation: update, key: {email: email}}
                fields: {firstname: name}
                guardrails: {max_changed: 100%}
                """)
                    .write("data/people.csv", "email,name\na@example.com,Ann\nBo@Example.com,Bo\nc@example.com,Cyd\n");
            SyncReport report = bed.sync();

            assertThat(report.accounting().accepted()).isZero();
            assertThat(report.accounting().unknown()).isEqualTo(2);
            assertThat(held(bed))
                    .isEqualTo(Map.of("a@example.com", "Ann", "Bo@Example.com", "Bo", "c@example.com", "Cyd"));
        }
    }
}
