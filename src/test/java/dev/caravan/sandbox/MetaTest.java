package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.vendor.Signatures;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetaTest extends VendorTests {

    private static final String USERS = "/v25.0/23850000000000001/users";
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @Override
    String vendor() {
        return "meta";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer caravan-demo-meta-token"};
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("html_every", 0, "samples", 1);
    }

    private static String payload(String schema, String data) {
        return "{'payload':{'schema':" + schema + ",'data':" + data + "}}";
    }

    @Test
    void invalidRowsAreCountedAndOnlySomeAreShown() throws Exception {
        JsonNode answer = post(
                        USERS,
                        payload("['EXTERN_ID','EMAIL']", "[['1','" + A + "'],['','" + B + "'],['3','clear@x.org']]"))
                .json();
        assertThat(answer.path("num_received").asInt()).isEqualTo(3);
        assertThat(answer.path("num_invalid_entries").asInt()).isEqualTo(2);
        assertThat(answer.path("invalid_entry_samples")).hasSize(1);
        assertThat(sandbox.vendor("meta").counts()).containsEntry("members", 1);
        String alone = q(payload("['EXTERN_ID']", "[['1'],['9']]"));
        assertThat(call("DELETE", USERS, alone, credentials())
                        .json()
                        .path("num_received")
                        .asInt())
                .isEqualTo(2);
        assertThat(sandbox.vendor("meta").counts()).as("an id matches nobody").containsEntry("members", 1);
        control("POST", "/settings/meta", "{'extern_id_finds_nobody':false}");
        call("DELETE", USERS, alone, credentials());
        assertThat(sandbox.vendor("meta").counts()).containsEntry("members", 0);
        assertThat(sandbox.writes()).extracting(write -> write.operation()).containsExactly("add", "remove");
    }

    @Test
    void throttlingIsA400WhoseCodeDecides() throws Exception {
        control("POST", "/settings/meta", "{'calls_per_hour':2}");
        Client.Answer first = post(USERS, payload("'EMAIL'", "['" + A + "']"));
        assertThat(first.header("x-app-usage")).contains("\"call_count\":50");
        post(USERS, payload("'EMAIL'", "['" + B + "']"));
        Client.Answer refused = post(USERS, payload("'EMAIL'", "['" + B + "']"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(80003);
        assertThat(call("DELETE", USERS, q(payload("'EMAIL'", "['" + B + "']")), credentials())
                        .header("x-business-use-case-usage"))
                .contains("\"estimated_time_to_regain_access\":61");
        sandbox.clock().advance(Duration.ofHours(1));
        assertThat(post(USERS, payload("'EMAIL'", "['" + B + "']")).status()).isEqualTo(200);
    }

    @Test
    void oneEventOlderThanAWeekFailsAllAndARepeatedOneIsKeptOnce() throws Exception {
        String events = "/v25.0/777/events";
        long now = START.getEpochSecond();
        String good = event(now - 60, "e1");
        Client.Answer old = post(events, "{'data':[" + good + "," + event(now - 604_801, "e2") + "]}");
        assertThat(old.status()).isEqualTo(400);
        assertThat(old.json().at("/error/code").asInt()).isEqualTo(100);
        assertThat(old.json().at("/error/error_user_msg").asText()).contains("data[1]", "7 days");
        String shop = event(now - 604_801, "e9").replace("website", "physical_store");
        assertThat(post("/v25.0/778/events", "{'data':[" + shop + "]}").status())
                .isEqualTo(200);
        control("POST", "/reset", "");
        assertThat(post(events, "{'data':[" + event(now * 1000, "e3") + "]}").status())
                .isEqualTo(400);
        assertThat(sandbox.vendor("meta").counts()).containsEntry("events", 0);
        assertThat(post(events, "{'data':[" + good + "," + good + "]}")
                        .json()
                        .path("events_received")
                        .asInt())
                .isEqualTo(2);
        post(events, "{'data':[" + good + "]}");
        assertThat(sandbox.vendor("meta").counts()).containsEntry("events", 1);
    }

    private static String event(long time, String id) {
        return "{'event_name':'Lead','event_time':" + time + ",'event_id':'" + id
                + "','action_source':'website','user_data':{'em':['" + A + "']}}";
    }

    @Test
    void aPageMayComeInsteadOfAnAnswerAppliedOrNot() throws Exception {
        control("POST", "/settings/meta", "{'html_every':1}");
        Client.Answer first = post(USERS, payload("'EMAIL'", "['" + A + "']"));
        assertThat(first.status()).isEqualTo(502);
        assertThat(first.header("Content-Type")).startsWith("text/html");
        assertThat(sandbox.vendor("meta").counts()).containsEntry("members", 0);
        assertThat(post(USERS, payload("'EMAIL'", "['" + A + "']")).status()).isEqualTo(502);
        assertThat(sandbox.vendor("meta").counts()).containsEntry("members", 1);
    }

    @Test
    void theTokenMayEndAndAProofMustFit() throws Exception {
        String proof = Signatures.hmacSha256("caravan-demo-app-secret", "caravan-demo-meta-token");
        assertThat(get("/v25.0/act_4200001?appsecret_proof=" + proof).status()).isEqualTo(200);
        assertThat(get("/v25.0/act_4200001?appsecret_proof=x")
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(100);
        control("POST", "/tokens/expire", "");
        assertThat(get("/v25.0/act_4200001").json().at("/error/error_subcode").asInt())
                .isEqualTo(463);
    }

    /** Which usage is told depends on what was asked. */
    @Test
    void theRecordedUsageHeadersAreToldAndNoOthers() throws Exception {
        int replayed = 0;
        for (JsonNode exchange : Recorded.with("facebook")) {
            String path = exchange.path("path").asText().replaceAll("^/v[0-9.]+", "");
            Client.Answer answer = call(
                    exchange.path("method").asText(),
                    "/v25.0" + path.replaceAll("act_\\d+", "act_4200001").replaceAll("^/\\d+", "/23850000000000001"),
                    exchange.path("request").isObject()
                            ? exchange.path("request").toString()
                            : "",
                    credentials());
            Map<String, String> real = new TreeMap<>();
            exchange.path("responseHeaders")
                    .properties()
                    .forEach(header -> usage(
                            real, header.getKey(), header.getValue().path(0).asText()));
            Map<String, String> ours = new TreeMap<>();
            answer.response().headers().map().forEach((name, values) -> usage(ours, name, values.getFirst()));
            assertThat(ours).as("%s", exchange.path("path")).isEqualTo(real);
            replayed++;
        }
        assertThat(replayed).isEqualTo(24);
    }

    /** By their names and what is within; how much of the hour is used differs, the share of the ad account does not. */
    private static void usage(Map<String, String> found, String name, String value) {
        if (name.endsWith("usage")) {
            found.put(
                    name.toLowerCase(Locale.ROOT),
                    value.replaceAll("\"\\d+\":", "\"account\":").replaceAll("(call_count\":)\\d+", "$1n"));
        }
    }

    @Test
    void answersHaveTheRecordedForm() throws Exception {
        int replayed = 0;
        for (JsonNode exchange : Recorded.with("facebook")) {
            if (!exchange.path("path").asText().endsWith("/users")) {
                continue;
            }
            String query = exchange.at("/query/payload").asText();
            Client.Answer answer = call(
                    exchange.path("method").asText(),
                    USERS + (query.isEmpty() ? "" : "?payload=" + query),
                    query.isEmpty() ? exchange.path("request").toString() : "",
                    credentials());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode real = exchange.path("response");
            assertThat(answer.json().path("num_received")).isEqualTo(real.path("num_received"));
            assertThat(answer.json().path("num_invalid_entries")).isEqualTo(real.path("num_invalid_entries"));
            assertThat(answer.json().path("invalid_entry_samples")).isEqualTo(real.path("invalid_entry_samples"));
            assertThat(Recorded.form(answer.json())).isEqualTo(Recorded.form(real));
            replayed++;
        }
        assertThat(replayed).isEqualTo(8);
    }
}
