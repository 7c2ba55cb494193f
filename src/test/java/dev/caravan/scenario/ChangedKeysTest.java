package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contacts whose addresses change while something else goes wrong. */
class ChangedKeysTest {

    @TempDir
    private Path folder;

    private TestBed bed(String operation, String guards) {
        TestBed bed =
                TestBed.inOneTime(folder, SandboxSpec.defaults()).write("secrets/token", "pat-na1-caravan-demo\n");
        bed.write("caravan.yaml", """
            connections:
              files: {connector: files, path: data}
              crm:
                connector: hubspot
                api_base: "%s"
                access_token: "{{file:secrets/token}}"
            """.formatted(bed.sandbox().uri("hubspot")));
        return mapped(bed, operation, "", guards);
    }

    private static TestBed mapped(TestBed bed, String operation, String more, String guards) {
        return bed.write("mappings/test.yaml", """
            model: {connection: files, path: people.csv, key: id}
            destination: {connection: crm, object: contacts, operation: %s, key: {email: email}%s}
            fields: {firstname: name}
            guardrails: {%s}
            """.formatted(operation, more, guards));
    }

    private static SyncReport sync(TestBed bed, String... rows) {
        bed.write("data/people.csv", "id,email,name\n" + String.join("\n", rows) + "\n");
        SyncReport report = bed.settle();
        bed.pass(Duration.ofMinutes(20));
        bed.sandbox().clock().advance(Duration.ofMinutes(20));
        return report;
    }

    private static Map<String, String> held(TestBed bed) {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode contact : bed.sandbox().vendor("hubspot").records("contacts")) {
            held.merge(
                    contact.path("email").asText(),
                    contact.path("firstname").asText(),
                    (one, other) -> one + "," + other);
        }
        return held;
    }

    /** All answers are lost, though the upsert arrives; then the row gets another address. */
    private static void lost(TestBed bed) {
        bed.sandbox()
                .faults()
                .add(new Fault(
                        "lost",
                        "POST",
                        Pattern.compile("batch/upsert"),
                        null,
                        null,
                        0,
                        Fault.ALWAYS,
                        new FaultAction.LoseAnswer()));
        assertThat(sync(bed, "1,a@example.com,Ada").accounting().unknown()).isEqualTo(1);
        bed.sandbox().faults().clear();
    }

    /** All fields go along, in case the record has to be made anew; told is what is another. */
    @Test
    void ofARecordThatGetsAnotherKeyTheFieldsThatChangedAreCounted() {
        try (TestBed bed = bed("upsert", "max_changed: 100%")) {
            sync(bed, "1,a@example.com,Ada");
            assertThat(sync(bed, "1,new@example.com,Ada")
                            .summary()
                            .orElseThrow()
                            .byField())
                    .isEqualTo(Map.of("email", 1L));
            assertThat(held(bed)).isEqualTo(Map.of("new@example.com", "Ada"));
            assertThat(sync(bed, "1,b@example.com,Grace")
                            .summary()
                            .orElseThrow()
                            .byField())
                    .isEqualTo(Map.of("email", 1L, "firstname", 1L));
        }
    }

    @Test
    void aLostUpsertWhoseRowGetsAnotherKeyWaitsForItsFormerKey() {
        try (TestBed bed = bed("upsert", "max_changed: 100%")) {
            lost(bed);
            for (int run = 0; run < 2; run++) {
                assertThat(sync(bed, "1,new@example.com,Ada").heldBy()).isEqualTo(Map.of("rekeyed", 1L));
                assertThat(held(bed)).isEqualTo(Map.of("a@example.com", "Ada"));
            }
            sync(bed, "1,a@example.com,Ada");
            sync(bed, "1,new@example.com,Ada");
            assertThat(held(bed)).isEqualTo(Map.of("new@example.com", "Ada"));
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    @Test
    void aLostUpsertWhoseRowGetsAnotherKeyGoesOnWhereAPersonSaysSo() {
        try (TestBed bed = bed("upsert", "max_changed: 100%")) {
            lost(bed);
            mapped(bed, "upsert", ", on_rekeyed: new_record", "max_changed: 100%");
            assertThat(sync(bed, "1,new@example.com,Ada").accounting().accepted())
                    .isEqualTo(1);
            assertThat(held(bed)).containsOnlyKeys("a@example.com", "new@example.com");
        }
    }

    /** Whose record the lost request wrote to nobody knows, so that a mirror does not remove it either. */
    @Test
    void aMirrorDoesNotAddASecondRecordBesideALostOne() {
        try (TestBed bed = bed("mirror", "max_changed: 100%, max_removed: 100%")) {
            lost(bed);
            assertThat(sync(bed, "1,new@example.com,Ada").heldBy()).isEqualTo(Map.of("rekeyed", 1L));
            assertThat(held(bed)).containsOnlyKeys("a@example.com");
        }
    }

    /** The plan waits for approval; meanwhile the connector's file is edited. */
    @Test
    void anApprovedPlanWhoseKeysCanNoLongerChangeIsMadeAnew() throws IOException {
        try (TestBed bed = bed("upsert", "max_changed: 10%")) {
            sync(bed, "1,a@example.com,Ada", "2,b@example.com,Bo");
            bed.write("data/people.csv", "id,email,name\n1,new@example.com,Ada\n2,b@example.com,Bo\n");
            SyncReport waiting = bed.sync();
            assertThat(waiting.state()).isEqualTo("held");
            String yaml = Files.readString(Path.of("connectors/hubspot/connector.yaml"))
                    .replaceAll("(?m)^ *by_id: rekey\\n", "")
                    .replaceAll("(?m)^ *gone: OBJECT_NOT_FOUND\\n", "");
            bed.restart();
            bed.write("connectors/hubspot/connector.yaml", yaml);

            SyncReport approved = bed.approve(waiting);
            assertThat(approved.guards().toString()).contains("base_moved");
            assertThat(held(bed)).containsOnlyKeys("a@example.com", "b@example.com");
            assertThat(bed.settle().heldBy()).isEqualTo(Map.of("rekeyed", 1L));
        }
    }

    @Test
    void whatWasMadeAnewUnderItsNewKeyIsNotWrittenAgain() {
        try (TestBed bed = bed("upsert", "max_changed: 100%")) {
            sync(bed, "1,a@example.com,Ada");
            bed.sandbox().vendor("hubspot").reset();
            sync(bed, "1,new@example.com,Ada");
            assertThat(held(bed)).isEqualTo(Map.of("new@example.com", "Ada"));
            assertThat(bed.sync().accounting().planned())
                    .as("no change, no write")
                    .isZero();
        }
    }
}
