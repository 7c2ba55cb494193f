package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IntercomTest extends VendorTests {

    @Override
    String vendor() {
        return "intercom";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer caravan-demo-intercom-token"};
    }

    private static final String USER = "{'role':'user','external_id':'1','email':'a@x.org'}";

    private String made(String body) throws Exception {
        return post("/contacts", body).json().path("id").asText();
    }

    @Test
    void anArchivedContactStandsInTheWayUntilItComesBack() throws Exception {
        String id = made(USER);
        post("/contacts/" + id + "/archive", "{}");
        assertThat(get("/contacts/" + id).status()).isEqualTo(404);
        Client.Answer conflict = post("/contacts", USER);
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.json().at("/errors/0/message").asText())
                .isEqualTo("An archived contact matching those details already exists with id=" + id);
        assertThat(post("/contacts/" + id + "/unarchive", "{}").status()).isEqualTo(200);
        assertThat(put("/contacts/" + id, "{'name':'A'}").json().path("name").asText())
                .isEqualTo("A");
        assertThat(post("/contacts", USER).json().at("/errors/0/message").asText())
                .startsWith("A contact matching");
    }

    @Test
    void leadsMayShareAnAddressAndAUserNeverBecomesALead() throws Exception {
        assertThat(made("{'role':'lead','email':'a@x.org'}")).isNotEqualTo(made("{'role':'lead','email':'a@x.org'}"));
        String user = made(USER);
        Client.Answer refused = put("/contacts/" + user, "{'role':'lead'}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/code").asText()).isEqualTo("client_error");
    }

    @Test
    void customAttributesMustBeDeclaredAndFit() throws Exception {
        String body = "{'role':'user','external_id':'1','custom_attributes':{'score':5}}";
        assertThat(post("/contacts", body).status()).isEqualTo(400);
        post("/data_attributes", "{'name':'score','model':'contact','data_type':'integer'}");
        assertThat(post("/contacts", body).status()).isEqualTo(200);
        sandbox.clock().advance(Duration.ofSeconds(2));
        assertThat(post(
                                "/contacts/search",
                                "{'query':{'operator':'AND','value':[{'field':'external_id','operator':'=','value':'1'},"
                                        + "{'field':'custom_attributes.score','operator':'=','value':5}]}}")
                        .json()
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void searchSeesWhatWasThereTwoSecondsAgo() throws Exception {
        String first = "{'query':{'field':'email','operator':'=','value':'a@x.org'}}";
        String second = first.replace("a@x.org", "b@x.org");
        String id = made(USER);
        assertThat(found(first)).isZero();
        sandbox.clock().advance(Duration.ofSeconds(2));
        assertThat(found(first)).isOne();

        put("/contacts/" + id, "{'email':'b@x.org'}");
        assertThat(found(first)).isOne();
        assertThat(found(second)).isZero();
        sandbox.clock().advance(Duration.ofSeconds(2));
        assertThat(found(first)).isZero();
        assertThat(found(second)).isOne();

        call("DELETE", "/contacts/" + id, "", credentials());
        assertThat(found(second)).isOne();
        sandbox.clock().advance(Duration.ofSeconds(2));
        assertThat(found(second)).isZero();
    }

    private int found(String query) throws Exception {
        return post("/contacts/search", query).json().path("total_count").asInt();
    }

    @Test
    void theRateIsOfTenSecondsAndEveryAnswerSaysWhatIsLeft() throws Exception {
        control("POST", "/settings/intercom", "{'burst':1}");
        assertThat(get("/me").header("X-RateLimit-Remaining")).isEqualTo("0");
        Client.Answer refused = get("/me");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("X-RateLimit-Reset"))
                .isEqualTo(String.valueOf(START.plusSeconds(10).getEpochSecond()));
        sandbox.clock().advance(Duration.ofSeconds(10));
        assertThat(get("/me").status()).isEqualTo(200);
    }

    @Test
    void answersHaveTheRecordedForm() throws Exception {
        control("POST", "/settings/intercom", "{'burst':0}");
        Map<Integer, Integer> statuses = new HashMap<>();
        for (JsonNode exchange : Recorded.with("intercom")) {
            String path = exchange.path("path").asText();
            int status = exchange.path("status").asInt();
            boolean marked = exchange.path("response").toString().contains("permanent deletion");
            if (exchange.path("method").asText().equals("GET") || status == 500 || path.endsWith("/search") || marked) {
                continue;
            }
            control("POST", "/reset", "");
            String translated = prepared(exchange, path, status);
            Client.Answer answer = call(exchange.path("method").asText(), translated, body(exchange), credentials());
            assertThat(answer.status()).as(exchange + answer.text()).isEqualTo(status);
            assertThat(names(answer.json())).isEqualTo(names(exchange.path("response")));
            assertThat(exchange.path("responseHeaders").has("X-RateLimit-Reset"))
                    .isTrue();
            if (status >= 400) {
                assertThat(answer.json().at("/errors/0/code")).isEqualTo(exchange.at("/response/errors/0/code"));
            }
            statuses.merge(status, 1, Integer::sum);
        }
        assertThat(statuses).containsEntry(409, 3).containsEntry(400, 1).hasSize(3);
        assertThat(statuses.get(200)).isGreaterThan(120);
    }

    private String tag = "";

    /** Makes the contact and tag that the exchange is about, and says its path with their ids. */
    private String prepared(JsonNode exchange, String path, int status) throws Exception {
        for (Map.Entry<String, JsonNode> each :
                exchange.at("/request/custom_attributes").properties()) {
            String type = each.getValue().isNumber() ? "float" : each.getValue().isBoolean() ? "boolean" : "string";
            post("/data_attributes", "{'name':'" + each.getKey() + "','model':'contact','data_type':'" + type + "'}");
        }
        if (status == 409) {
            post("/contacts/" + made(exchange.path("request").toString()) + "/archive", "{}");
        }
        if (!path.contains("/contacts/")) {
            return path;
        }
        boolean userBefore = status == 400;
        String id = made(userBefore ? "{'role':'user','external_id':'before'}" : "{'role':'lead'}");
        if (path.endsWith("/unarchive")) {
            post("/contacts/" + id + "/archive", "{}");
        }
        tag = post("/tags", "{'name':'t'}").json().path("id").asText();
        return path.replaceAll("contacts/[0-9a-f]{20,}", "contacts/" + id).replaceAll("tags/\\d+", "tags/" + tag);
    }

    private String body(JsonNode exchange) {
        boolean tags = exchange.path("path").asText().endsWith("/tags");
        return tags
                ? "{\"id\":\"" + tag + "\"}"
                : exchange.path("request").isNull()
                        ? ""
                        : exchange.path("request").toString();
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
