package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list that is mirrored, and that people put others into. Invariant I7: whom we did not put in is not taken out. */
class ListMembersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static JsonNode call(TestBed bed, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(bed.sandbox().uri("hubspot") + path))
                .header("Authorization", "Bearer pat-na1-caravan-demo")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    private static String contact(TestBed bed, String address) {
        return call(bed, "POST", "/crm/v3/objects/contacts", "{\"properties\":{\"email\":\"" + address + "\"}}")
                .path("id")
                .asText();
    }

    private static String company(TestBed bed, String domain) {
        return call(bed, "POST", "/crm/v3/objects/companies", "{\"properties\":{\"domain\":\"" + domain + "\"}}")
                .path("id")
                .asText();
    }

    private static String list(TestBed bed) {
        return list(bed, "0-1");
    }

    private static String list(TestBed bed, String type) {
        return call(
                        bed,
                        "POST",
                        "/crm/v3/lists",
                        "{\"name\":\"VIPs\",\"objectTypeId\":\"" + type + "\",\"processingType\":\"MANUAL\"}")
                .at("/list/listId")
                .asText();
    }

    private static void putIn(TestBed bed, String list, String contact) {
        call(bed, "PUT", "/crm/v3/lists/" + list + "/memberships/add", "[\"" + contact + "\"]");
    }

    private static Set<String> members(TestBed bed, String list) {
        Set<String> members = new TreeSet<>();
        call(bed, "GET", "/crm/v3/lists/" + list + "/memberships", "")
                .findValues("recordId")
                .forEach(id -> members.add(id.asText()));
        return members;
    }

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        return bed.write("secrets/token", "pat-na1-caravan-demo\n")
                .write("caravan.yaml", """
                    connections:
                      files: {connector: files, path: data}
                      crm: {connector: hubspot, api_base: "%s", access_token: "{{file:secrets/token}}"}
                    """.formatted(bed.sandbox().uri("hubspot")));
    }

    private static void mirrors(TestBed bed, String list, String more) {
        bed.write("mappings/test.yaml", """
            model: {connection: files, path: rows.csv, key: id}
            destination: {connection: crm, object: list_%s, operation: mirror, key: {hs_object_id: id}%s}
            fields: {}
            guardrails: {max_changed: 100%%, max_removed: 100%%, min_rows: 0%%}
            """.formatted(list, more));
    }

    private static void mirrorsCompanies(TestBed bed, String list) {
        bed.write("mappings/test.yaml", """
            model: {connection: files, path: rows.csv, key: id}
            destination:
              connection: crm
              object: list_%s/0-2
              operation: mirror
              key: {hs_object_id: {column: id, lookup: {object: companies, key: domain}}}
            fields: {}
            guardrails: {max_changed: 100%%, max_removed: 100%%, min_rows: 0%%}
            """.formatted(list));
    }

    private static SyncReport rows(TestBed bed, String... ids) {
        bed.write("data/rows.csv", "id\n" + String.join("\n", ids) + "\n");
        return bed.settle();
    }

    @Test
    void whoWasAMemberBeforeStays() {
        try (TestBed bed = bed()) {
            String ada = contact(bed, "a@example.com");
            String bo = contact(bed, "b@example.com");
            String cy = contact(bed, "c@example.com");
            String list = list(bed);
            putIn(bed, list, ada);
            mirrors(bed, list, "");
            assertThat(rows(bed, ada, bo, cy).accounting().accepted()).isEqualTo(3);

            SyncReport left = rows(bed, cy);
            assertThat(left.remove()).as("of whom we put in").isEqualTo(1);
            assertThat(members(bed, list)).containsExactlyInAnyOrder(ada, cy);
            assertThat(rows(bed, cy).accounting().planned()).isZero();
        }
    }

    @Test
    void whoWasAMemberBeforeIsTakenOutWhereTheListIsAdopted() {
        try (TestBed bed = bed()) {
            String ada = contact(bed, "a@example.com");
            String bo = contact(bed, "b@example.com");
            String list = list(bed);
            putIn(bed, list, ada);
            mirrors(bed, list, ", adopted: true");
            rows(bed, ada, bo);
            assertThat(rows(bed, bo).remove()).isEqualTo(1);
            assertThat(members(bed, list)).containsExactly(bo);
        }
    }

    /** Companies, known by their domains. */
    @Test
    void companiesOfAListAreMirroredAsContactsAre() {
        try (TestBed bed = bed()) {
            bed.sandbox().vendor("hubspot").settings().change(Map.of("search_lag_ms", 0));
            String acme = company(bed, "acme.example");
            String bolt = company(bed, "bolt.example");
            String cog = company(bed, "cog.example");
            String list = list(bed, "0-2");
            putIn(bed, list, acme);
            mirrorsCompanies(bed, list);
            SyncReport first = rows(bed, "acme.example", "bolt.example", "cog.example", "nobody.example");
            assertThat(first.accounting().accepted()).as("%s", first).isEqualTo(3);
            assertThat(first.heldBy()).containsOnly(Map.entry("look_up_none", 1L));
            assertThat(members(bed, list)).containsExactlyInAnyOrder(acme, bolt, cog);

            assertThat(rows(bed, "cog.example").remove())
                    .as("of those we put in")
                    .isEqualTo(1);
            assertThat(members(bed, list)).containsExactlyInAnyOrder(acme, cog);
        }
    }

    /** Asked once more, the list has them; nobody else can have put them in. */
    @Test
    void whoWasPutInByALostRequestIsTakenOut() {
        try (TestBed bed = bed()) {
            String ada = contact(bed, "a@example.com");
            String bo = contact(bed, "b@example.com");
            String list = list(bed);
            mirrors(bed, list, "");
            bed.sandbox()
                    .faults()
                    .add(new Fault(
                            "lost",
                            null,
                            null,
                            null,
                            "hubspot.lists.add",
                            0,
                            Fault.ALWAYS,
                            new FaultAction.LoseAnswer()));
            assertThat(rows(bed, ada, bo).accounting().accepted()).isZero();
            bed.sandbox().faults().clear();
            bed.pass(Duration.ofMinutes(30));
            assertThat(members(bed, list)).containsExactlyInAnyOrder(ada, bo);
            assertThat(rows(bed, ada, bo).accounting().accepted()).isEqualTo(2);

            assertThat(rows(bed, bo).remove()).isEqualTo(1);
            assertThat(members(bed, list)).containsExactly(bo);
        }
    }
}
