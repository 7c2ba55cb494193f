package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person deletes a lead of Intercom and makes another one, with the address that the row has by now. */
class MadeAnewByHandTest {

    @TempDir
    private Path folder;

    private static SyncReport sync(TestBed bed, String... rows) {
        bed.write("data/people.csv", "id,email,name\n" + String.join("\n", rows) + "\n");
        SyncReport report = bed.settle();
        indexed(bed);
        return report;
    }

    private static void indexed(TestBed bed) {
        bed.pass(Duration.ofMinutes(1));
        bed.sandbox().clock().advance(Duration.ofMinutes(1));
    }

    private static void call(TestBed bed, String method, String path, String body)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(bed.sandbox().uri("intercom") + path))
                            .header("Authorization", "Bearer caravan-demo-intercom-token")
                            .header("Intercom-Version", "2.11")
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private static List<ObjectNode> leads(TestBed bed) {
        return bed.sandbox().vendor("intercom").records("contacts");
    }

    @Test
    void theOtherOneIsTheRows() throws IOException, InterruptedException {
        try (TestBed bed = TestBed.inOneTime(folder, SandboxSpec.defaults())) {
            bed.write("secrets/token", "caravan-demo-intercom-token\n")
                    .write("caravan.yaml", """
                            connections:
                              files: {connector: files, path: data}
                              crm:
                                connector: intercom
                                api_base: "%s"
                                access_token: "{{file:secrets/token}}"
                            """.formatted(bed.sandbox().uri("intercom")))
                    .write("mappings/test.yaml", """
                            model: {connection: files, path: people.csv, key: id}
                            destination: {connection: crm, object: leads, operation: upsert, key: {email: email}}
                            fields: {name: name}
                            guardrails: {max_changed: 100%}
                            """);
            sync(bed, "1,a@example.com,Ada");
            String deleted = leads(bed).getFirst().path("id").asText();
            call(bed, "DELETE", "/contacts/" + deleted, "");
            call(bed, "POST", "/contacts", "{\"role\":\"lead\",\"email\":\"new@example.com\",\"name\":\"x\"}");
            indexed(bed);

            assertThat(sync(bed, "1,new@example.com,Ada").accounting().accepted())
                    .isEqualTo(1);
            assertThat(leads(bed)).hasSize(1).allSatisfy(lead -> {
                assertThat(lead.path("email").asText()).isEqualTo("new@example.com");
                assertThat(lead.path("name").asText()).isEqualTo("Ada");
            });
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }
}
