package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrazeTest extends VendorTests {

    @Override
    String vendor() {
        return "braze";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer caravan-demo-braze-key"};
    }

    @Test
    void whatIsNotTakenIsNamedByItsArrayAndPlaceIn201() throws Exception {
        Client.Answer answer = post(
                "/users/track",
                "{'attributes':[{'external_id':'1','city':'Rome'},{'city':'Oslo'},{'external_id':'3','email':'bad'}],"
                        + "'events':[{'external_id':'1','time':'2026-03-01T00:00:00Z'}]}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("attributes_processed").asInt()).isEqualTo(1);
        assertThat(answer.json().path("events_processed").asInt()).isZero();
        assertThat(texts(answer.json().path("errors"), "/input_array"))
                .containsExactly("attributes", "attributes", "events");
        assertThat(texts(answer.json().path("errors"), "/index")).containsExactly("1", "2", "0");
        assertThat(sandbox.vendor("braze").counts()).containsEntry("users", 1).containsEntry("events", 0);
    }

    @Test
    void seventySixObjectsTogetherAreNoneTaken() throws Exception {
        ObjectNode body = Client.JSON.createObjectNode();
        ArrayNode attributes = body.putArray("attributes");
        ArrayNode events = body.putArray("events");
        for (int i = 0; i < 38; i++) {
            attributes.addObject().put("external_id", "u" + i);
            events.addObject().put("external_id", "u" + i).put("name", "e").put("time", "2026-03-01T00:00:00Z");
        }
        assertThat(post("/users/track", body.toString()).status()).isEqualTo(400);
        events.remove(0);
        assertThat(post("/users/track", body.toString()).status()).isEqualTo(201);
        assertThat(sandbox.vendor("braze").counts()).containsEntry("users", 38).containsEntry("events", 37);
    }

    @Test
    void anUpdateOfNobodyIsCountedAndNothingIsWritten() throws Exception {
        JsonNode answer = post(
                        "/users/track",
                        "{'attributes':[{'external_id':'9','_update_existing_only':true,'city':'Rome'}]}")
                .json();
        assertThat(answer.path("attributes_processed").asInt()).isEqualTo(1);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void ofSeveralWithAnAddressTheIdentifiedOneThatWasChangedLastIsMeant() throws Exception {
        String address = "'email':'a@example.com'";
        post("/users/track", "{'attributes':[{'external_id':'1'," + address + "}]}");
        post("/users/track", "{'attributes':[{'external_id':'2'," + address + "}]}");
        post(
                "/users/track",
                "{'attributes':[{'user_alias':{'alias_name':'3','alias_label':'crm'},'_update_existing_only':false,"
                        + address + "}]}");
        post("/users/track", "{'attributes':[{" + address + ",'city':'Rome'}]}");
        assertThat(sandbox.vendor("braze").records("users"))
                .extracting(user -> user.path("city").asText())
                .containsExactly("", "Rome", "");
        JsonNode told = post("/users/export/ids", "{'email_address':'a@example.com','fields_to_export':['braze_id']}")
                .json();
        assertThat(texts(told.path("users"), "/braze_id")).containsExactlyInAnyOrder("sb1", "sb2", "sb3");
        assertThat(told.at("/users/0").size()).as("what was asked for").isEqualTo(1);
    }

    @Test
    void byAnAddressNobodyIsDeletedWhereItIsNotSaidWhichOfSeveral() throws Exception {
        for (String id : new String[] {"1", "2"}) {
            post("/users/track", "{'attributes':[{'external_id':'" + id + "','email':'a@example.com'}]}");
        }
        String named = "{'email_addresses':[{'email':'a@example.com'%s}]}";
        assertThat(post("/users/delete", named.formatted("")).status()).isEqualTo(400);
        Client.Answer answer = post("/users/delete", named.formatted(",'prioritization':['identified']"));
        assertThat(answer.json().path("deleted").asInt()).as("as if").isEqualTo(1);
        assertThat(sandbox.vendor("braze").counts()).containsEntry("users", 2);
        post("/users/delete", named.formatted(",'prioritization':['identified','most_recently_updated']"));
        assertThat(sandbox.vendor("braze").records("users"))
                .extracting(user -> user.path("external_id").asText())
                .containsExactly("1");
        assertThat(post("/users/delete", "{'braze_ids':['sb1'],'external_ids':['1']}")
                        .status())
                .as("one way of naming them")
                .isEqualTo(400);
    }

    @Test
    void byABrazeIdNobodyIsMade() throws Exception {
        assertThat(post("/users/track", "{'attributes':[{'braze_id':'sb9','city':'Rome'}]}")
                        .json()
                        .path("attributes_processed")
                        .asInt())
                .isEqualTo(1);
        assertThat(sandbox.vendor("braze").counts()).containsEntry("users", 0);
    }

    @Test
    void theWindowEndsAtTheMomentThatTheHeaderSays() throws Exception {
        control("POST", "/settings/braze", "{'burst':1}");
        String one = "{'attributes':[{'external_id':'1'}]}";
        Client.Answer first = post("/users/track", one);
        long end = Long.parseLong(first.header("X-RateLimit-Reset"));
        assertThat(end - START.getEpochSecond()).isBetween(1L, 3L);
        assertThat(post("/users/track", one).status()).isEqualTo(429);
        sandbox.clock().advance(Duration.ofSeconds(end - START.getEpochSecond()));
        assertThat(post("/users/track", one).status()).isEqualTo(201);
    }

    @Test
    void answersHaveTheRecordedForm() throws Exception {
        int replayed = 0;
        for (JsonNode exchange : Recorded.with("braze")) {
            String path = exchange.path("path").asText();
            if (!Set.of("/users/track", "/users/delete").contains(path)) {
                continue;
            }
            Client.Answer answer = post(path, exchange.path("request").toString());
            assertThat(answer.status()).isEqualTo(exchange.path("status").asInt());
            assertThat(answer.json()).isEqualTo(exchange.path("response"));
            for (String header :
                    Map.of("X-RateLimit-Limit", 1, "X-RateLimit-Reset", 1).keySet()) {
                assertThat(answer.header(header)).matches("\\d+");
                assertThat(exchange.path("responseHeaders").has(header)).isTrue();
            }
            replayed++;
        }
        assertThat(replayed).isEqualTo(19);
    }
}
