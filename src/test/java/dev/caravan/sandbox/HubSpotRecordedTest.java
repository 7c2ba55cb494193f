package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The imitated portal against exchanges recorded with a real one. */
class HubSpotRecordedTest extends VendorTests {

    private static final Set<String> SYSTEM =
            Set.of("hs_object_id", "createdate", "hs_createdate", "lastmodifieddate", "hs_lastmodifieddate");

    private final Map<String, String> ours = new HashMap<>();

    @Override
    String vendor() {
        return "hubspot";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer pat-na1-caravan-demo"};
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("silent_every", 0, "burst", 0, "searches_per_second", 0, "search_lag_ms", 0);
    }

    @Test
    void writesAndSearchesAreAnsweredInTheSameForm() throws Exception {
        int replayed = 0;
        for (JsonNode exchange : Recorded.with("hubspot")) {
            String path = exchange.path("path").asText();
            if (!path.matches("/crm/v3/objects/[^/]+/(batch/.*|search)")
                    || exchange.path("status").asInt() == 429
                    || foundByWhatItWas(exchange)) {
                continue;
            }
            control("POST", "/reset", "");
            prepare(exchange, path);
            Client.Answer answer =
                    post(path(path), translated(exchange.path("request").toString()));
            String what = path + " " + answer.text();
            assertThat(answer.status())
                    .as(what)
                    .isEqualTo(exchange.path("status").asInt());
            if (answer.status() != 204) {
                assertThat(Recorded.form(answer.json())).as(what).isEqualTo(Recorded.form(exchange.path("response")));
                assertThat(answer.json().path("results")).as(what).hasSameSizeAs(exchange.at("/response/results"));
            }
            boolean search = path.endsWith("search");
            assertThat(answer.response().headers().map().keySet())
                    .containsAll(Set.of("x-hubspot-ratelimit-daily", "x-hubspot-ratelimit-daily-remaining"));
            assertThat(exchange.path("responseHeaders").has("X-HubSpot-RateLimit-Max"))
                    .isEqualTo(!answer.header("X-HubSpot-RateLimit-Max").isEmpty())
                    .isEqualTo(!search);
            replayed++;
        }
        assertThat(replayed).isGreaterThan(370);
    }

    /** Whether a search found a record by a value that it had no more. */
    private static boolean foundByWhatItWas(JsonNode exchange) {
        Set<String> wanted = new TreeSet<>();
        String property =
                exchange.at("/request/filterGroups/0/filters/0/propertyName").asText();
        exchange.at("/request/filterGroups")
                .forEach(group -> wanted.add(group.at("/filters/0/value").asText()));
        for (JsonNode found : exchange.at("/response/results")) {
            if (!property.isEmpty()
                    && !wanted.contains(found.path("properties").path(property).asText())) {
                return true;
            }
        }
        return false;
    }

    @Test
    void listsAreAnsweredInTheSameForm() throws Exception {
        int replayed = 0;
        for (JsonNode exchange : Recorded.with("hubspot")) {
            String path = exchange.path("path").asText();
            if (!path.matches("/contacts/v1/lists/\\d+/(add|remove)")) {
                continue;
            }
            control("POST", "/reset", "");
            String email = exchange.at("/request/emails/0").asText();
            post("/crm/v3/objects/contacts", "{'properties':{'email':'" + email + "'}}");
            String list = "/contacts/v1/lists/"
                    + post("/contacts/v1/lists", "{'name':'L'}")
                            .json()
                            .path("listId")
                            .asText();
            boolean done = exchange.at("/response/updated").size() > 0;
            if (path.endsWith("add") != done) {
                post(list + "/add", "{'emails':['" + email + "']}");
            }
            Client.Answer answer = post(
                    list + path.substring(path.lastIndexOf('/')),
                    exchange.path("request").toString());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Recorded.form(answer.json())).isEqualTo(Recorded.form(exchange.path("response")));
            replayed++;
        }
        assertThat(replayed).isGreaterThan(40);
    }

    @Test
    void refusalsForTheRateHaveTheSameForm() throws Exception {
        control("POST", "/settings/hubspot", "{'searches_per_second':1}");
        String search = "/crm/v3/objects/contacts/search";
        post(search, "{}");
        JsonNode refused = post(search, "{}").json();
        int compared = 0;
        for (JsonNode exchange : Recorded.with("hubspot")) {
            if (exchange.path("status").asInt() == 429) {
                assertThat(Recorded.form(refused)).isEqualTo(Recorded.form(exchange.path("response")));
                assertThat(refused.path("message")).isEqualTo(exchange.at("/response/message"));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(36);
    }

    private String path(String path) throws Exception {
        String type = path.split("/", -1)[4];
        return type.startsWith("2-") ? path.replace(type, type(type)) : path;
    }

    private String type(String recorded) throws Exception {
        if (!recorded.startsWith("2-")) {
            return recorded;
        }
        if (!ours.containsKey(recorded)) {
            JsonNode made = post("/crm/v3/schemas", "{'name':'t" + recorded.substring(2) + "','properties':[]}")
                    .json();
            ours.put(recorded, made.path("objectTypeId").asText());
        }
        return ours.get(recorded);
    }

    /** Declares the properties that an exchange names, and makes the records it changes or finds. */
    private void prepare(JsonNode exchange, String path) throws Exception {
        String type = type(path.split("/", -1)[4]);
        JsonNode request = exchange.path("request");
        Set<String> names = new TreeSet<>();
        request.path("properties").forEach(name -> names.add(name.asText()));
        for (JsonNode input : request.path("inputs")) {
            input.path("properties").fieldNames().forEachRemaining(names::add);
        }
        names.removeAll(SYSTEM);
        JsonNode found = exchange.at("/response/results/0/properties");
        for (String name : names) {
            if (path.endsWith("search") && found.isObject() && !found.has(name)) {
                // The real portal had no such property either, and left it out.
                call("DELETE", "/crm/v3/properties/" + type + "/" + name, "", credentials());
                continue;
            }
            post("/crm/v3/properties/" + type, "{'name':'" + name + "','type':'string'}");
        }
        if (path.endsWith("update") || path.endsWith("archive")) {
            for (JsonNode input : request.path("inputs")) {
                String id = input.path("id").asText();
                ours.put(id, made(type, Client.JSON.createObjectNode()));
            }
        }
        if (path.endsWith("search")) {
            for (JsonNode each : exchange.at("/response/results")) {
                ObjectNode values = Client.JSON.createObjectNode();
                each.path("properties").properties().forEach(value -> {
                    if (!SYSTEM.contains(value.getKey()) && !value.getValue().isNull()) {
                        values.set(value.getKey(), value.getValue());
                    }
                });
                made(type, values);
            }
        }
    }

    private String made(String type, ObjectNode values) throws Exception {
        ObjectNode body = Client.JSON.createObjectNode();
        body.set("properties", values);
        return post("/crm/v3/objects/" + type, body.toString())
                .json()
                .path("id")
                .asText();
    }

    private String translated(String text) {
        String translated = text;
        for (Map.Entry<String, String> id : ours.entrySet()) {
            translated = translated.replace("\"" + id.getKey() + "\"", "\"" + id.getValue() + "\"");
        }
        return translated;
    }
}
