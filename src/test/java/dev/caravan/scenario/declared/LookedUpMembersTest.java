package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.sandbox.vendor.Vendor;
import dev.caravan.scenario.TestBed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and tags take the ids of the vendor; a warehouse that knows addresses alone has them looked up. */
class LookedUpMembersTest {

    @TempDir
    private Path folder;

    private TestBed bed(String connector, String token, String connection) {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        return bed.write("secrets/token", token + "\n")
                .write("caravan.yaml", """
                    connections:
                      files: {connector: files, path: data}
                      there: {connector: %s, api_base: "%s", %s}
                    """.formatted(connector, bed.sandbox().uri(connector), connection));
    }

    private static TestBed mappings(TestBed bed, String people, String members, String id) {
        return bed.write("mappings/people.yaml", """
            model: {connection: files, path: people.csv, key: email}
            destination: {connection: there, object: %s, operation: upsert, key: {email: email}}
            fields: {%s: name}
            guardrails: {max_changed: 100%%, max_removed: 100%%}
            """.formatted(people, people.equals("leads") ? "firstName" : "name"))
                .write("mappings/test.yaml", """
                    model: {connection: files, path: members.csv, key: email}
                    destination:
                      connection: there
                      object: %s
                      operation: mirror
                      key: {%s: {column: email, lookup: {object: %s, key: email}}}
                    fields: {}
                    guardrails: {max_changed: 100%%, max_removed: 100%%, min_rows: 0%%}
                    """.formatted(members, id, people));
    }

    private static void people(TestBed bed, List<String> addresses) {
        bed.write(
                "data/people.csv",
                addresses.stream().map(each -> each + ",P").collect(Collectors.joining("\n", "email,name\n", "\n")));
        SyncReport report = bed.operations().sync(new MappingId("people"), Progress.NONE);
        assertThat(report.accounting().accepted()).as("%s", report).isEqualTo(addresses.size());
        bed.pass(Duration.ofMinutes(15));
    }

    private static void members(TestBed bed, List<String> addresses) {
        bed.write("data/members.csv", "email\n" + String.join("\n", addresses) + "\n");
    }

    private static List<String> numbered(int many) {
        return IntStream.range(0, many)
                .mapToObj(number -> "person-" + number + "@example.com")
                .toList();
    }

    /** All of them but one are meant as they are; one is written otherwise, and one more is nobody. */
    private static List<String> spelt(List<String> addresses) {
        List<String> spelt = new ArrayList<>(addresses);
        spelt.set(0, addresses.getFirst().toUpperCase(Locale.ROOT));
        spelt.add("nobody@example.com");
        return spelt;
    }

    @Test
    void leadsOfAListAreKnownByTheirAddresses() {
        String connection = "client_id: caravan-demo, client_secret: \"{{file:secrets/token}}\"";
        try (TestBed bed = mappings(bed("marketo", "caravan-demo-secret", connection), "leads", "list_1001", "id")) {
            List<String> all = numbered(120);
            people(bed, all);
            members(bed, spelt(all));
            SyncReport first = bed.settle();
            assertThat(first.accounting().accepted()).as("%s", first).isEqualTo(120);
            assertThat(first.heldBy()).containsOnly(Map.entry("look_up_none", 1L));
            assertThat(listed(bed)).containsExactlyInAnyOrderElementsOf(all);
            assertThat(bed.sandbox().requests())
                    .as("fifty a question")
                    .filteredOn(request -> request.operation().equals("marketo.leads.find"))
                    .hasSize(3);

            members(bed, spelt(all).subList(0, 7));
            assertThat(bed.settle().accounting().accepted()).isEqualTo(113);
            assertThat(listed(bed)).containsExactlyInAnyOrderElementsOf(all.subList(0, 7));
        }
    }

    private static Set<String> listed(TestBed bed) {
        Vendor marketo = bed.sandbox().vendor("marketo");
        Map<String, String> byId = marketo.records("leads").stream()
                .collect(Collectors.toMap(
                        lead -> lead.path("id").asText(),
                        lead -> lead.path("email").asText()));
        return marketo.records("lists").stream()
                .flatMap(list -> Stream.of(list.path("members").asText().split(" ", -1)))
                .map(byId::get)
                .collect(Collectors.toSet());
    }

    @Test
    void usersWithATagAreKnownByTheirAddresses() throws IOException, InterruptedException {
        String connection = "access_token: \"{{file:secrets/token}}\"";
        try (TestBed bed = bed("intercom", "caravan-demo-intercom-token", connection)) {
            bed.sandbox().vendor("intercom").settings().change(Map.of("search_lag_ms", 0));
            mappings(bed, "contacts", "tag_" + tag(bed), "contact_id");
            List<String> all = numbered(20);
            people(bed, all);
            members(bed, spelt(all));
            SyncReport first = bed.settle();
            assertThat(first.accounting().accepted()).as("%s", first).isEqualTo(20);
            assertThat(first.heldBy()).containsOnly(Map.entry("look_up_none", 1L));
            assertThat(tagged(bed)).containsExactlyInAnyOrderElementsOf(all);

            members(bed, spelt(all).subList(0, 7));
            assertThat(bed.settle().accounting().accepted()).isEqualTo(13);
            assertThat(tagged(bed)).containsExactlyInAnyOrderElementsOf(all.subList(0, 7));
        }
    }

    private static String tag(TestBed bed) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(bed.sandbox().uri("intercom") + "/tags"))
                .header("Authorization", "Bearer caravan-demo-intercom-token")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"VIP\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new ObjectMapper()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("id")
                    .asText();
        }
    }

    private static Set<String> tagged(TestBed bed) {
        return bed.sandbox().vendor("intercom").records("contacts").stream()
                .filter(contact -> !contact.at("/tags/data").isEmpty())
                .map(contact -> contact.path("email").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void aUserIsNamedByAnotherOnesAddressOrId() {
        String connection = "email: caravan@sandbox.invalid, api_token: \"{{file:secrets/token}}\"";
        try (TestBed bed = bed("zendesk", "caravan-demo-zendesk-token", connection)) {
            bed.write("mappings/test.yaml", """
                model: {connection: files, path: people.csv, key: id}
                destination: {connection: there, object: users_one_by_one, operation: upsert, key: {external_id: id}}
                fields:
                  email: email
                  name: email
                """).write("mappings/bosses.yaml", """
                    model: {connection: files, path: people.csv, key: id}
                    destination: {connection: there, object: users_one_by_one, operation: update, key: {external_id: id}}
                    fields:
                      numeric_field: {column: boss, lookup: {object: users, key: email}}
                      text_field: {column: deputy, lookup: {object: users, key: external_id}}
                    """);
            bed.write("data/people.csv", """
                id,email,boss,deputy
                p1,ada@example.com,Bo@example.com,P2
                p2,bo@example.com,,
                """);
            assertThat(bed.sync().accounting().accepted()).isEqualTo(2);
            SyncReport second = bed.operations().sync(new MappingId("bosses"), Progress.NONE);
            assertThat(second.accounting().accepted()).as("%s", second).isEqualTo(2);
            Map<String, JsonNode> users = bed.sandbox().vendor("zendesk").records("users").stream()
                    .collect(Collectors.toMap(user -> user.path("external_id").asText(), user -> user));
            JsonNode fields = users.get("p1").path("user_fields");
            assertThat(fields.path("numeric_field").asText())
                    .isEqualTo(users.get("p2").path("id").asText())
                    .isEqualTo(fields.path("text_field").asText());
        }
    }
}
