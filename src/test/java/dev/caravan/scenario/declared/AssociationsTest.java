package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a CRM are joined by keys that the warehouse knows; their ids the destination is asked for. */
class AssociationsTest {

    private static final String MAPPING = """
            model: {connection: files, path: jobs.csv, key: [email, domain]}
            destination:
              connection: crm
              object: associations/contacts/companies
              operation: mirror
              key:
                from_id: {column: email, lookup: {object: contacts, key: email}}
                to_id: {column: domain, lookup: {object: companies, key: domain}}
            guardrails: {max_changed: 100%, max_removed: 100%, min_rows: 0%}
            """;

    @TempDir
    private Path folder;

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        bed.sandbox().vendor("hubspot").settings().change(Map.of("search_lag_ms", 0));
        return bed.write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          crm:
                            connector: hubspot
                            api_base: %s
                            access_token: "{{file:secrets/token}}"
                        """.formatted(bed.sandbox().uri("hubspot")))
                .write("secrets/token", "pat-na1-caravan-demo\n")
                .write("mappings/people.yaml", """
                        model: {connection: files, path: people.csv, key: id}
                        destination: {connection: crm, object: contacts, operation: upsert, key: {email: email}}
                        fields: {firstname: name}
                        guardrails: {max_changed: 100%, max_removed: 100%}
                        """)
                .write("mappings/firms.yaml", """
                        model: {connection: files, path: firms.csv, key: id}
                        destination: {connection: crm, object: companies, operation: insert, key: {name: name}}
                        fields: {domain: domain}
                        """)
                .write("mappings/test.yaml", MAPPING)
                .write("data/people.csv", "id,email,name\n1,Ada@Example.com,Ada\n2,bo@example.com,Bo\n")
                .write("data/firms.csv", "id,domain,name\n1,one.example,One\n2,two.example,Two\n3,two.example,Twin\n");
    }

    private static void sync(TestBed bed, String mapping) {
        SyncReport report = bed.operations().sync(new MappingId(mapping), Progress.NONE);
        assertThat(report.state()).as("%s", report).isEqualTo("done");
        bed.pass(Duration.ofMinutes(15));
    }

    private static String pairs(TestBed bed) {
        Map<String, String> names = new TreeMap<>();
        var hubspot = bed.sandbox().vendor("hubspot");
        for (JsonNode contact : hubspot.records("contacts")) {
            names.put(contact.path("id").asText(), contact.path("email").asText());
        }
        for (JsonNode company : hubspot.records("companies")) {
            names.put(company.path("id").asText(), company.path("name").asText());
        }
        TreeSet<String> pairs = hubspot.records("associations").stream()
                .map(pair -> names.getOrDefault(pair.path("fromObjectId").asText(), "gone") + "-"
                        + names.getOrDefault(pair.path("toObjectId").asText(), "gone"))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(" ", pairs);
    }

    @Test
    void pairsComeAndGoWithTheirRows() {
        try (TestBed bed = bed()) {
            sync(bed, "people");
            sync(bed, "firms");
            bed.write("data/jobs.csv", """
                    email,domain
                    ada@example.com,one.example
                    bo@example.com,one.example
                    bo@example.com,two.example
                    cy@example.com,one.example
                    """);
            SyncReport first = bed.settle();
            assertThat(first.accounting().accepted()).isEqualTo(2);
            assertThat(first.heldBy())
                    .as("two companies have the domain, and Cy is not there")
                    .containsOnly(Map.entry("look_up_several", 1L), Map.entry("look_up_none", 1L));
            assertThat(pairs(bed)).isEqualTo("Ada@Example.com-One bo@example.com-One");
            assertThat(bed.sync().accounting().planned())
                    .as("what was held alone")
                    .isEqualTo(2);

            bed.write(
                    "data/people.csv",
                    "id,email,name\n1,Ada@Example.com,Ada\n2,bo@example.com,Bo\n3,cy@example.com,Cy\n");
            sync(bed, "people");
            assertThat(bed.sync().accounting().accepted()).as("Cy is there now").isEqualTo(1);

            bed.write("data/jobs.csv", "email,domain\nada@example.com,one.example\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            assertThat(pairs(bed)).isEqualTo("Ada@Example.com-One");
            assertThat(bed.sync().requests()).as("nothing changed").isZero();
        }
    }

    @Test
    void aPairIsTakenApartByTheIdsItWasMadeWith() {
        try (TestBed bed = bed()) {
            sync(bed, "people");
            sync(bed, "firms");
            bed.write("data/jobs.csv", "email,domain\nada@example.com,one.example\nbo@example.com,one.example\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            // Her address is another one by now, and what was found before is forgotten.
            bed.write("data/people.csv", "id,email,name\n1,countess@example.com,Ada\n2,bo@example.com,Bo\n");
            sync(bed, "people");
            bed.restart();

            bed.write("data/jobs.csv", "email,domain\nbo@example.com,one.example\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(1);
            assertThat(pairs(bed)).isEqualTo("bo@example.com-One");
        }
    }

    @Test
    void whatCannotBeLookedUpIsRefused() {
        try (TestBed bed = bed()) {
            bed.write("data/jobs.csv", "email,domain\nada@example.com,one.example\n");
            bed.write("mappings/test.yaml", MAPPING.replace("object: contacts,", "object: list_7,"));

            assertThatThrownBy(bed::sync).hasMessageContaining("target.lookup").hasMessageContaining("list_7.email");
        }
    }
}
