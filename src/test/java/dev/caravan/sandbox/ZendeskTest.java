package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ZendeskTest extends VendorTests {

    private static final String USERS = "/api/v2/users";
    private static final String ORGANIZATIONS = "/api/v2/organizations";
    private static final String ORGANIZATION =
            "{'organization':{'external_id':'O-1','name':'%s','organization_fields':{'text_field':'x','nope':1}}}";

    @Override
    String vendor() {
        return "zendesk";
    }

    @Override
    String[] credentials() {
        String pair = "caravan@sandbox.invalid/token:caravan-demo-zendesk-token";
        return new String[] {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        };
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("updates_per_user", 2);
    }

    private String job(String users) throws Exception {
        JsonNode made = post(USERS + "/create_or_update_many.json", "{'users':[" + users + "]}")
                .json();
        assertThat(made.at("/job_status/status").asText()).isEqualTo("queued");
        return "/api/v2/job_statuses/" + made.at("/job_status/id").asText() + ".json";
    }

    @Test
    void manyAreAJobThatIsDoneLaterAndSaysWhatBecameOfEach() throws Exception {
        String job =
                job("{'name':'A','external_id':'1','email':'a@x.org'},{'name':'B','email':'bad'},{'external_id':'3'}");
        assertThat(sandbox.vendor("zendesk").counts()).containsEntry("users", 0);
        assertThat(get(job).json().at("/job_status/results").isNull()).isTrue();
        sandbox.clock().advance(Duration.ofMillis(200));
        JsonNode done = get(job).json().path("job_status");
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(texts(done.path("results"), "/status")).containsExactly("Created", "Failed", "Failed");
        assertThat(texts(done.path("results"), "/id"))
                .element(2)
                .as("its place")
                .isEqualTo("2");
        String again = job("{'name':'C','external_id':'1'}");
        sandbox.clock().advance(Duration.ofMillis(200));
        assertThat(get(again).json().at("/job_status/results/0/status").asText())
                .isEqualTo("Updated");
        assertThat(sandbox.vendor("zendesk")
                        .records("users")
                        .getFirst()
                        .path("name")
                        .asText())
                .isEqualTo("C");
    }

    @Test
    void aJobIsForgottenAfterAnHourAndAfterAHundredOthers() throws Exception {
        String old = job("{'name':'A','external_id':'1'}");
        sandbox.clock().advance(Duration.ofMillis(200));
        assertThat(get(old).status()).isEqualTo(200);
        sandbox.clock().advance(Duration.ofMinutes(61));
        assertThat(get(old).status()).isEqualTo(404);
        String first = job("{'name':'A','external_id':'1'}");
        for (int i = 0; i < 100; i++) {
            sandbox.clock().advance(Duration.ofMillis(200));
            job("{'name':'A','external_id':'1'}");
        }
        assertThat(get(first).status()).isEqualTo(404);
    }

    @Test
    void thirtyJobsMayWait() throws Exception {
        for (int i = 0; i < 30; i++) {
            job("{'name':'A','external_id':'1'}");
        }
        Client.Answer refused = post(USERS + "/create_or_update_many.json", "{'users':[{'name':'A'}]}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("error").asText()).isEqualTo("TooManyJobs");
    }

    @Test
    void oneUserMayBeUpdatedOnlySoOftenAndThatIsSaidInPlainText() throws Exception {
        String id = post(USERS + ".json", "{'user':{'name':'A'}}")
                .json()
                .at("/user/id")
                .asText();
        String update = USERS + "/" + id + ".json";
        put(update, "{'user':{'name':'B'}}");
        put(update, "{'user':{'name':'C'}}");
        Client.Answer refused = put(update, "{'user':{'name':'D'}}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(refused.header("Retry-After")).isEqualTo("61");
        assertThat(post(USERS + ".json", "{'user':{'name':'E'}}").status()).isEqualTo(201);
    }

    @Test
    void anOrganizationIsKnownByItsExternalIdWhateverTheCase() throws Exception {
        Client.Answer made = post(ORGANIZATIONS + "/create_or_update.json", ORGANIZATION.formatted("Acme"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json()
                        .at("/organization/organization_fields/text_field")
                        .asText())
                .isEqualTo("x");
        assertThat(made.json().at("/organization/organization_fields").has("nope"))
                .as("left out without a word")
                .isFalse();
        assertThat(post(
                                ORGANIZATIONS + "/create_or_update.json",
                                ORGANIZATION.formatted("Acme Ltd").replace("O-1", "o-1"))
                        .status())
                .as("changed")
                .isEqualTo(200);
        assertThat(texts(
                        get(ORGANIZATIONS + "/search.json?external_id=O-1")
                                .json()
                                .path("organizations"),
                        "/name"))
                .containsExactly("Acme Ltd");
        assertThat(control("GET", "/pages/zendesk/organizations", "").text()).contains("Acme Ltd");
        assertThat(get("/api/v2/organization_fields.json")
                        .json()
                        .path("organization_fields")
                        .isEmpty())
                .isFalse();
    }

    @Test
    void anOrganizationsNameAndExternalIdAreNobodyElses() throws Exception {
        Client.Answer made = post(ORGANIZATIONS + ".json", ORGANIZATION.formatted("Acme Ltd"));
        String path = ORGANIZATIONS + "/" + made.json().at("/organization/id").asText() + ".json";
        Client.Answer name = post(ORGANIZATIONS + ".json", "{'organization':{'external_id':'O-2','name':'acme ltd'}}");
        assertThat(name.status()).isEqualTo(422);
        assertThat(name.json().at("/details/name/0/description").asText())
                .isEqualTo("Name: acme ltd has already been taken");
        assertThat(post(ORGANIZATIONS + ".json", "{'organization':{'external_id':'O-1','name':'Other'}}")
                        .json()
                        .at("/details/external_id/0/description")
                        .asText())
                .endsWith("has already been taken");
        assertThat(put(path, "{'organization':{'name':''}}").status()).isEqualTo(422);
        assertThat(call("DELETE", path, "", credentials()).status()).isEqualTo(204);
        assertThat(call("DELETE", path, "", credentials()).status()).isEqualTo(404);
        assertThat(sandbox.vendor("zendesk").counts()).containsEntry("organizations", 0);
    }

    @Test
    void answersHaveTheRecordedForm() throws Exception {
        int replayed = 0;
        for (JsonNode exchange : Recorded.with("zendesk")) {
            String path = exchange.path("path").asText();
            int status = exchange.path("status").asInt();
            if (exchange.path("method").asText().equals("GET") || path.contains("identities")) {
                continue;
            }
            control("POST", "/reset", "");
            String id = post(USERS + ".json", "{'user':{'name':'before'}}")
                    .json()
                    .at("/user/id")
                    .asText();
            for (int i = 0; status == 429 && i < 2; i++) {
                put(USERS + "/" + id + ".json", "{'user':{'name':'x'}}");
            }
            Client.Answer answer = call(
                    exchange.path("method").asText(),
                    path.replaceAll("\\d{5,}", id),
                    exchange.path("request").toString(),
                    credentials());
            String what = exchange + answer.text();
            assertThat(answer.status()).as(what).isEqualTo(status);
            if (status == 429) {
                assertThat(answer.text()).isEqualTo(exchange.path("response").asText());
            } else if (status == 422) {
                assertThat(answer.json()).isEqualTo(exchange.path("response"));
            } else {
                assertThat(fieldNames(answer.json().path("user"))).isEqualTo(fieldNames(exchange.at("/response/user")));
                assertThat(fieldNames(answer.json().at("/user/user_fields")))
                        .isEqualTo(fieldNames(exchange.at("/response/user/user_fields")));
            }
            replayed++;
        }
        assertThat(replayed).isEqualTo(24);
    }

    private static Set<String> fieldNames(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
