package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.problem.Problem;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector that is a file of the workspace, through the routes and real HTTP, against an API that answers out of order. */
class DeclaredSyncTest {

    private static final String SPOT = "connectors/spot/connector.yaml";
    private static final String MAPPING = """
            model: {connection: files, path: people.csv, key: id}
            destination: {connection: crm, object: contacts, operation: upsert, key: {email: email}}
            fields:
              firstname: name
              lastname: id
            """;

    @TempDir
    private Path folder;

    private TestBed bed(String connector) throws IOException {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        String caravan = """
                connections:
                  files: {connector: files, path: data}
                  crm:
                    connector: %s
                    api_base: %s
                    access_token: "{{file:secrets/token}}"
                """.formatted(connector, bed.sandbox().uri("hubspot"));
        return bed.write("caravan.yaml", caravan)
                .write("secrets/token", "pat-na1-caravan-demo\n")
                .write(SPOT, Files.readString(Path.of("src/test/resources/connectors/spot/connector.yaml")))
                .write("mappings/test.yaml", MAPPING);
    }

    private static Map<String, String> contacts(TestBed bed) {
        Map<String, String> contacts = new TreeMap<>();
        for (JsonNode contact : bed.sandbox().vendor("hubspot").records("contacts")) {
            contacts.put(
                    contact.path("email").asText(), contact.path("firstname").asText());
        }
        return contacts;
    }

    /** One that a workspace brings along, and one that comes with Caravan. */
    @ParameterizedTest
    @ValueSource(strings = {"spot", "hubspot"})
    void whatChangedIsThereAndASecondRunWritesNothing(String connector) throws IOException {
        try (TestBed bed = bed(connector)) {
            bed.write("data/people.csv", "id,email,name\n1,a@example.com,Ada\n2,b@example.com,Bo\n3,nonsense,Cy\n");
            SyncReport first = bed.sync();
            assertThat(first.accounting().accepted()).isEqualTo(2);
            assertThat(first.accounting().rejected() + first.invalid())
                    .as("by the destination, or by its description")
                    .isEqualTo(1);
            assertThat(contacts(bed)).containsOnly(Map.entry("a@example.com", "Ada"), Map.entry("b@example.com", "Bo"));

            assertThat(bed.sync().accounting().planned()).as("which stands").isZero();

            bed.write(
                    "data/people.csv", "id,email,name\n1,a@example.com,Ada\n2,b@example.com,Bea\n3,c@example.com,Cy\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(2);
            assertThat(contacts(bed))
                    .containsOnly(
                            Map.entry("a@example.com", "Ada"),
                            Map.entry("b@example.com", "Bea"),
                            Map.entry("c@example.com", "Cy"));
        }
    }

    /** A running worker speaks by what the file says now, and by what it said last while it is broken. */
    @Test
    void anEditedConnectorIsTakenOver() throws IOException {
        try (TestBed bed = bed("spot")) {
            bed.write("data/people.csv", "id,email,name\n1,a@example.com,Ada\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);

            String spot = Files.readString(folder.resolve(SPOT));
            String fields = "\"{{ row.fields | strings }}\"";
            bed.write(SPOT, spot.replace(fields, "{merge: [{firstname: Edited}, " + fields + "]}"));
            bed.write("data/people.csv", "id,email,name\n1,a@example.com,Bea\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(contacts(bed)).containsOnly(Map.entry("a@example.com", "Edited"));

            bed.write(SPOT, "connector: spot\n");
            bed.write("data/people.csv", "id,email,name\n1,a@example.com,Cy\n2,b@example.com,Bo\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(2);
            assertThat(contacts(bed))
                    .containsOnly(Map.entry("a@example.com", "Edited"), Map.entry("b@example.com", "Edited"));
            assertThat(bed.worker().problems())
                    .extracting(Problem::oneLine)
                    .anyMatch(line -> line.startsWith(SPOT))
                    .anyMatch(line ->
                            line.startsWith("caravan.yaml") && line.contains("connector 'spot' cannot be used"));

            bed.write(SPOT, spot);
            bed.write("data/people.csv", "id,email,name\n1,a@example.com,Ada\n2,b@example.com,Bo\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(contacts(bed)).containsEntry("a@example.com", "Ada");
            assertThat(bed.worker().problems()).isEmpty();
        }
    }
}
