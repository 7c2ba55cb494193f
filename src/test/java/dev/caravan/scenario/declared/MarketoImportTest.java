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

/** Leads by a file: a form with one part over real HTTP, an import that takes its time, and files that tell what was left out. */
class MarketoImportTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsImportedAndWhatItLeftOutIsRejected() {
        try (TestBed bed = new TestBed(folder, SandboxSpec.defaults())) {
            assertThat(bed.sandbox().vendor("marketo").settings().change(Map.of("import_ms", 5, "busy_every", 3)))
                    .isEmpty();
            bed.write("secrets/secret", "caravan-demo-secret\n")
                    .write("caravan.yaml", """
                            connections:
                              files: {connector: files, path: data}
                              there:
                                connector: marketo
                                api_base: %s
                                client_id: caravan-demo
                                client_secret: "{{file:secrets/secret}}"
                            """.formatted(bed.sandbox().uri("marketo")));
            bed.write("mappings/test.yaml", """
                            model: {connection: files, path: rows.csv, key: id}
                            destination: {connection: there, object: leads_bulk, operation: upsert, key: {email: email}}
                            fields:
                              firstName: {column: name, when_empty: keep}
                              website: {column: site, when_empty: keep}
                            """);
            bed.write(
                    "data/rows.csv",
                    "id,email,name,site\n1,a@example.com,\"Ada, the \"\"first\"\"\",http://a\n2,b@nowhere,Bo,http://b\n"
                            + "3,c@example.com,Cy,\n4,d@example.com,Di,\n");
            SyncReport first = bed.sync();
            assertThat(first.accounting().accepted()).as("%s", first).isEqualTo(3);
            assertThat(first.rejections())
                    .singleElement()
                    .satisfies(no -> assertThat(no.code()).isEqualTo("import_failure"));
            assertThat(held(bed)).containsOnlyKeys("a@example.com", "c@example.com", "d@example.com");
            assertThat(held(bed)).containsEntry("a@example.com", "Ada, the \"first\" http://a");
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    private static Map<String, String> held(TestBed bed) {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode lead : bed.sandbox().vendor("marketo").records("leads")) {
            held.put(
                    lead.path("email").asText(),
                    lead.path("firstName").asText() + " " + lead.path("website").asText());
        }
        return held;
    }
}
