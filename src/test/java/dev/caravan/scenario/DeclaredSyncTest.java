package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector that is a file of the workspace, through the routes and real HTTP, against an API that answers out of order. */
class DeclaredSyncTest {

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
                .write(
                        "connectors/spot/connector.yaml",
                        Files.readString(Path.of("src/test/resources/connectors/spot/connector.yaml")))
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
}
