package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People known by their addresses, which change; at APIs that are told which record is meant by its id. */
class RekeyedContactsTest {

    private static final Duration INDEXED = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private TestBed bed(String vendor, String object, String name) {
        TestBed bed = TestBed.inOneTime(folder, SandboxSpec.defaults());
        String secret = vendor.equals("hubspot") ? "pat-na1-caravan-demo" : "caravan-demo-" + vendor + "-token";
        bed.write("secrets/token", secret + "\n")
                .write("caravan.yaml", """
                    connections:
                      files: {connector: files, path: data}
                      crm:
                        connector: %s
                        api_base: %s
                        access_token: "{{file:secrets/token}}"
                    """.formatted(vendor, bed.sandbox().uri(vendor)));
        mapped(bed, object, "upsert", name);
        return bed;
    }

    private static void mapped(TestBed bed, String object, String operation, String name) {
        bed.write("mappings/test.yaml", """
            model: {connection: files, path: people.csv, key: id}
            destination: {connection: crm, object: %s, operation: %s, key: {email: email}}
            fields: {%s: name}
            guardrails: {max_changed: 100%%, max_removed: 100%%}
            """.formatted(object, operation, name));
    }

    private static SyncReport sync(TestBed bed, String... rows) {
        bed.write("data/people.csv", "id,email,name\n" + String.join("\n", rows) + "\n");
        return bed.sync();
    }

    /** Record ids and names by address. */
    private static Map<String, String> held(TestBed bed, String vendor, String name) {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode contact : bed.sandbox().vendor(vendor).records("contacts")) {
            String address = contact.path("email").asText();
            String id = contact.path(vendor.equals("hubspot") ? "hs_object_id" : "id")
                    .asText();
            held.merge(address, id + " " + contact.path(name).asText(), (one, other) -> one + ", " + other);
        }
        return held;
    }

    @ParameterizedTest
    @CsvSource({
        "hubspot, contacts, firstname, upsert",
        "hubspot, contacts, firstname, update",
        "intercom, contacts, name, upsert",
        "intercom, contacts, name, update",
        "intercom, leads, name, upsert",
    })
    void theRecordFollowsItsRow(String vendor, String object, String name, String operation) {
        try (TestBed bed = bed(vendor, object, name)) {
            sync(bed, "1,a@example.com,Ada", "2,b@example.com,Bo");
            Map<String, String> before = held(bed, vendor, name);
            mapped(bed, object, operation, name);
            bed.pass(INDEXED);

            SyncReport moved = sync(bed, "1,new@example.com,Ada", "2,b@example.com,Bo");
            assertThat(moved.accounting().accepted()).isEqualTo(1);
            assertThat(held(bed, vendor, name))
                    .containsOnly(
                            Map.entry("new@example.com", before.getOrDefault("a@example.com", "")),
                            Map.entry("b@example.com", before.getOrDefault("b@example.com", "")));
            bed.pass(INDEXED);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** A search that is behind finds nobody under an address that was written a moment ago. */
    @ParameterizedTest
    @ValueSource(strings = {"contacts", "leads"})
    void aRecordWhoseIdIsKnownIsNotMadeTwice(String object) {
        try (TestBed bed = bed("intercom", object, "name")) {
            sync(bed, "1,a@example.com,Ada");
            SyncReport changed = sync(bed, "1,a@example.com,Bea");

            assertThat(changed.accounting().accepted()).isEqualTo(1);
            assertThat(bed.sandbox().vendor("intercom").records("contacts"))
                    .hasSize(1)
                    .allMatch(contact -> contact.path("name").asText().equals("Bea"));
        }
    }

    /** Intercom takes the address of another lead without a word, so it is asked beforehand. */
    @Test
    void aKeyThatAnotherRecordHasIsForAPerson() {
        try (TestBed bed = bed("intercom", "leads", "name")) {
            sync(bed, "1,a@example.com,Ada", "2,b@example.com,Bo");
            Map<String, String> before = held(bed, "intercom", "name");
            bed.pass(INDEXED);

            SyncReport report = sync(bed, "1,b@example.com,Ada");
            assertThat(report.accounting().rejected()).isEqualTo(1);
            assertThat(report.rejections())
                    .extracting(rejection -> rejection.code())
                    .containsOnly("caravan.key_taken");
            assertThat(held(bed, "intercom", "name")).isEqualTo(before);
        }
    }

    /** What somebody has deleted meanwhile is made anew under the new key, as an upsert promises. */
    @ParameterizedTest
    @CsvSource({"hubspot, contacts, firstname", "intercom, leads, name"})
    void whatIsGoneIsMadeUnderItsNewKey(String vendor, String object, String name) {
        try (TestBed bed = bed(vendor, object, name)) {
            sync(bed, "1,a@example.com,Ada");
            bed.sandbox().vendor(vendor).reset();
            bed.pass(INDEXED);

            assertThat(sync(bed, "1,new@example.com,Ada").accounting().accepted())
                    .isEqualTo(1);
            assertThat(held(bed, vendor, name)).containsOnlyKeys("new@example.com");
        }
    }
}
