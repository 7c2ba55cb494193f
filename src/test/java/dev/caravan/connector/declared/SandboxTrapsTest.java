package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that no scenario comes to, against the sandbox: what is accepted is there, and what is not there was not accepted. */
class SandboxTrapsTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        sandbox = Sandbox.start(SandboxSpec.defaults(), 0);
    }

    @AfterEach
    void close() {
        sandbox.close();
        client.close();
    }

    private Reply send(String vendor, String token, HttpRequest request) {
        java.net.http.HttpRequest asked = java.net.http.HttpRequest.newBuilder(
                        URI.create(sandbox.uri(vendor) + request.path()))
                .method(
                        request.method().name(),
                        BodyPublishers.ofByteArray(request.body().bytes()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(asked, HttpResponse.BodyHandlers.ofByteArray());
            return new HttpAnswer(answer.statusCode(), answer.headers().map(), Body.of(answer.body()), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> braze(Action action, String object, String key, Write... writes) {
        return words(Bed.own("braze", Map.of()), "braze", "caravan-demo-braze-key", action, object, key, writes);
    }

    private List<String> intercom(Action action, String object, String key, Write... writes) {
        String token = "caravan-demo-intercom-token";
        return words(Bed.own("intercom", Map.of()), "intercom", token, action, object, key, writes);
    }

    private List<String> marketo(String token, Action action, String object, String key, Write... writes) {
        DeclaredDestination marketo = Bed.own("marketo", Map.of("api_base", "https://123-ABC-456.mktorest.com"));
        return words(marketo, "marketo", token, action, object, key, writes);
    }

    private List<String> words(
            DeclaredDestination destination,
            String vendor,
            String token,
            Action action,
            String object,
            String key,
            Write... writes) {
        TargetSchema schema = new TargetSchema(object, List.of(), Optional.of(TargetField.Kind.OTHER));
        Batch batch = new Batch(action, false, object, key, schema, List.of(writes));
        return Bed.words(new Drive(request -> send(vendor, token, request)).run(destination.deliver(batch)));
    }

    private static Write row(int number, String key, String... fields) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], new Value.Text(fields[i + 1]));
        }
        return Bed.row(number, key, null, values);
    }

    /** Braze counts them all as processed. */
    @Test
    void anUpdateOfNobodyIsNoSuccessOfBraze() {
        assertThat(braze(Action.UPSERT, "users", "external_id", row(0, "u1", "plan", "free")))
                .containsExactly("accepted null");
        assertThat(braze(
                        Action.UPDATE,
                        "users",
                        "external_id",
                        row(0, "u1", "plan", "pro"),
                        row(1, "nobody", "plan", "pro")))
                .containsExactly("accepted u1", "rejected not_found data");
        assertThat(sandbox.vendor("braze").records("users"))
                .singleElement()
                .satisfies(user -> assertThat(user.path("plan").asText()).isEqualTo("pro"));
        assertThat(braze(Action.DELETE, "users", "external_id", row(0, "u1"), row(1, "nobody")))
                .containsExactly("accepted null", "accepted null");
        assertThat(sandbox.vendor("braze").records("users")).isEmpty();
    }

    /** A second alias of the same name under another label is another user's. */
    @Test
    void aUserIsMadeChangedAndDeletedByAnAlias() {
        for (String object : List.of("users_by_alias_crm", "users_by_alias_shop", "users_by_alias_crm")) {
            assertThat(braze(Action.UPSERT, object, "alias_name", row(0, "77", "plan", object)))
                    .containsExactly("accepted null");
        }
        assertThat(sandbox.vendor("braze").records("users"))
                .extracting(user -> user.path("plan").asText())
                .containsExactly("users_by_alias_crm", "users_by_alias_shop");
        assertThat(braze(Action.DELETE, "users_by_alias_crm", "alias_name", row(0, "77"), row(1, "nobody")))
                .containsExactly("accepted null", "accepted null");
        assertThat(sandbox.vendor("braze").records("users"))
                .extracting(user -> user.path("plan").asText())
                .containsExactly("users_by_alias_shop");
    }

    /** Whose alias of another label it is stays as he was. */
    @Test
    void onlyWhoHasTheAliasIsUpdated() {
        braze(Action.UPSERT, "users_by_alias_crm", "alias_name", row(0, "77", "plan", "free"));
        braze(Action.UPSERT, "users_by_alias_shop", "alias_name", row(0, "78", "plan", "free"));
        assertThat(braze(
                        Action.UPDATE,
                        "users_by_alias_crm",
                        "alias_name",
                        row(0, "77", "plan", "pro"),
                        row(1, "78", "plan", "pro")))
                .containsExactly("accepted 77", "rejected not_found data");
        assertThat(sandbox.vendor("braze").records("users"))
                .extracting(user -> user.path("plan").asText())
                .containsExactly("pro", "free");
    }

    /** Braze would take the user with an external id whom it changed last, and say nothing of the others. */
    @Test
    void whoSharesAnAddressIsNeitherUpdatedNorDeletedByIt() {
        String shared = "shared@example.com";
        braze(Action.UPSERT, "users_by_email", "email", row(0, "ada@example.com", "plan", "free"));
        braze(Action.UPSERT, "users", "external_id", row(0, "u1", "email", shared), row(1, "u2", "email", shared));
        Write[] rows = {
            row(0, "ada@example.com", "plan", "pro"),
            row(1, "n@example.com", "plan", "pro"),
            row(2, shared, "plan", "pro")
        };
        assertThat(braze(Action.UPDATE, "users_by_email", "email", rows))
                .containsExactly("accepted sb1", "rejected not_found data", "rejected caravan.several conflict");
        assertThat(sandbox.vendor("braze").records("users"))
                .extracting(user -> user.path("plan").asText())
                .containsExactly("pro", "", "");
        assertThat(braze(
                        Action.DELETE,
                        "users_by_email",
                        "email",
                        row(0, "ada@example.com"),
                        row(1, "n@example.com"),
                        row(2, shared)))
                .containsExactly("accepted sb1", "unchanged null", "rejected caravan.several conflict");
        assertThat(sandbox.vendor("braze").records("users"))
                .extracting(user -> user.path("external_id").asText())
                .containsExactly("u1", "u2");
    }

    @Test
    void anEventThatHappenedToNobodyIsRefusedByItsPlace() {
        String time = "2026-11-01T10:00:00Z";
        assertThat(braze(
                        Action.APPEND,
                        "events",
                        "event_id",
                        row(0, "e1", "external_id", "u1", "name", "renewed", "time", time),
                        row(1, "e2", "name", "renewed", "time", time),
                        row(2, "e3", "external_id", "u1", "name", "renewed", "time", "yesterday")))
                .containsExactly("accepted null", "rejected invalid data", "rejected caravan.unsendable data");
        assertThat(braze(
                        Action.APPEND,
                        "purchases",
                        "purchase_id",
                        row(
                                0,
                                "o1",
                                "external_id",
                                "u1",
                                "product_id",
                                "A",
                                "currency",
                                "eur",
                                "price",
                                "2.50",
                                "time",
                                time)))
                .containsExactly("accepted null");
        assertThat(sandbox.vendor("braze").records("events")).hasSize(1);
        assertThat(sandbox.vendor("braze").records("purchases")).singleElement().satisfies(purchase -> {
            assertThat(purchase.path("currency").asText()).isEqualTo("EUR");
            assertThat(purchase.at("/properties/purchase_id").asText()).isEqualTo("o1");
        });
    }

    @Test
    void onlyLeadsAreMembersOfAListOfMarketo() {
        String token = marketoToken();
        String id = marketo(token, Action.UPSERT, "leads", "email", row(0, "a@example.com"))
                .getFirst()
                .replaceAll("\\D", "");

        assertThat(marketo(token, Action.ADD, "list_1001", "id", row(0, id), row(1, "99")))
                .containsExactly("accepted " + id, "rejected 1004 data");
        assertThat(members()).isEqualTo(id);
        assertThat(marketo(token, Action.REMOVE, "list_1001", "id", row(0, "99"), row(1, id)))
                .containsExactly("unchanged 99", "accepted " + id);
        assertThat(members()).isEmpty();
        assertThat(marketo(token, Action.ADD, "list_7", "id", row(0, id)))
                .as("no such list")
                .containsExactly("rejected 1013 config");
    }

    private String marketoToken() {
        Reply login = send(
                "marketo",
                "",
                HttpRequest.get(
                        "/identity/oauth/token?grant_type=client_credentials&client_id=caravan-demo"
                                + "&client_secret=caravan-demo-secret",
                        Duration.ofSeconds(5)));
        return json(((HttpAnswer) login).body()).path("access_token").asText();
    }

    /** An update of what is not there stops nothing, and companies have numbers where opportunities have GUIDs. */
    @ParameterizedTest
    @CsvSource({
        "companies, externalCompanyId, company, \\d+",
        "opportunities, externalOpportunityId, name, [0-9a-f-]{36}",
        "salespersons, externalSalesPersonId, lastName, \\d+",
        "car_c, vin, make, [0-9a-f-]{36}"
    })
    void whatStandsBesideLeadsIsAccountedForByItsNumber(String object, String key, String field, String id) {
        String token = marketoToken();
        String tooLong = "x".repeat(256);
        Write[] rows = {row(0, "1", field, "A"), row(1, "2", field, tooLong), row(2, "3", field, "C")};
        assertThat(marketo(token, Action.UPSERT, object, key, rows))
                .satisfiesExactly(
                        made -> assertThat(made).matches("accepted " + id + " created"),
                        refused -> assertThat(refused).isEqualTo("rejected 1003 data"),
                        made -> assertThat(made).matches("accepted " + id + " created"));
        assertThat(marketo(token, Action.INSERT, object, key, row(0, "1", field, "B"), row(1, "3", field, "B")))
                .containsExactly("rejected 1005 conflict", "rejected 1005 conflict");
        assertThat(marketo(token, Action.UPDATE, object, key, row(0, "1", field, "B"), row(1, "9", field, "B")))
                .satisfiesExactly(
                        changed -> assertThat(changed).matches("accepted " + id),
                        nobody -> assertThat(nobody).isEqualTo("rejected 1013 data"));
        assertThat(marketo(token, Action.DELETE, object, key, row(0, "1"), row(1, "9")))
                .satisfiesExactly(
                        gone -> assertThat(gone).matches("accepted " + id),
                        nobody -> assertThat(nobody).startsWith("unchanged"));
        assertThat(sandbox.vendor("marketo").records(object))
                .singleElement()
                .satisfies(left -> assertThat(left.path(key).asText()).isEqualTo("3"));
    }

    @Test
    void anActivityOfNobodyIsRefusedByItsPlace() {
        String token = marketoToken();
        String lead = marketo(token, Action.UPSERT, "leads", "email", row(0, "a@example.com"))
                .getFirst()
                .replaceAll("\\D", "");
        String time = "2026-11-01T10:00:00Z";
        assertThat(marketo(
                        token,
                        Action.APPEND,
                        "activity_100001",
                        "activity_id",
                        row(0, "a1", "leadId", "99", "activityDate", time, "primaryAttributeValue", "Webinar"),
                        row(
                                1,
                                "a2",
                                "leadId",
                                lead,
                                "activityDate",
                                time,
                                "primaryAttributeValue",
                                "Webinar",
                                "minutes",
                                "42")))
                .containsExactly("rejected 1004 data", "accepted null");
        assertThat(sandbox.vendor("marketo").records("activities"))
                .singleElement()
                .satisfies(activity ->
                        assertThat(activity.at("/attributes/0/value").asText()).isEqualTo("42"));
    }

    @Test
    void aCompanyHasTheContactsThatJoinedIt() {
        String ada = id(intercom(Action.UPSERT, "contacts", "external_id", row(0, "1")));
        String acme = id(intercom(Action.UPSERT, "companies", "company_id", row(0, "A", "name", "Acme")));
        String object = "company_" + acme;
        assertThat(intercom(Action.ADD, object, "contact_id", row(0, ada), row(1, "99")))
                .containsExactly("accepted null", "rejected not_found data");
        assertThat(intercom(Action.ADD, "company_7", "contact_id", row(0, ada)))
                .as("no such company")
                .containsExactly("rejected not_found data");
        assertThat(companiesOfContacts()).containsExactly(acme);
        assertThat(intercom(Action.REMOVE, object, "contact_id", row(0, ada), row(1, "99")))
                .containsExactly("accepted null", "unchanged null");
        assertThat(companiesOfContacts()).isEmpty();
    }

    @Test
    void onlyACompanyThatIsThereIsChanged() {
        String acme = id(intercom(Action.UPSERT, "companies", "company_id", row(0, "A", "name", "Acme")));
        Write[] rows = {row(0, "A", "name", "Acme Ltd", "plan", "gold"), row(1, "B", "name", "Nobody")};
        assertThat(intercom(Action.UPDATE, "companies", "company_id", rows))
                .containsExactly("accepted " + acme, "rejected not_found data");
        assertThat(intercom(Action.UPSERT, "companies", "company_id", row(0, "A", "custom_attributes.seats", "many")))
                .as("an attribute that nobody declared")
                .containsExactly("rejected parameter_invalid data");
        assertThat(sandbox.vendor("intercom").records("companies"))
                .singleElement()
                .satisfies(company -> {
                    assertThat(company.path("name").asText()).isEqualTo("Acme Ltd");
                    assertThat(company.at("/plan/name").asText()).isEqualTo("gold");
                });
    }

    /** The request that makes a company would change it. */
    @Test
    void aCompanyThatIsThereIsNotMadeAnew() {
        String acme = id(intercom(Action.UPSERT, "companies", "company_id", row(0, "A", "name", "Acme")));
        assertThat(intercom(
                        Action.INSERT,
                        "companies",
                        "company_id",
                        row(0, "A", "name", "Mine"),
                        row(1, "B", "name", "New")))
                .satisfiesExactly(
                        there -> assertThat(there).isEqualTo("rejected already_there conflict"),
                        made -> assertThat(made)
                                .matches("accepted [0-9a-f]{24} created")
                                .doesNotContain(acme));
        assertThat(sandbox.vendor("intercom").records("companies"))
                .extracting(company -> company.path("name").asText())
                .containsExactly("Acme", "New");
    }

    private static String id(List<String> words) {
        return words.getFirst().split(" ", -1)[1];
    }

    private List<String> companiesOfContacts() {
        return sandbox.vendor("intercom")
                .records("contacts")
                .getFirst()
                .at("/companies/data")
                .valueStream()
                .map(company -> company.path("id").asText())
                .toList();
    }

    private String members() {
        return sandbox.vendor("marketo")
                .records("lists")
                .getFirst()
                .path("members")
                .asText();
    }

    private static JsonNode json(Body body) {
        try {
            return Recorded.JSON.readTree(body.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
