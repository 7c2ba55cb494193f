package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.declared.Recorded.Exchange;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real answers of Meta. People in them are hashes. */
class MetaRecordedTest {

    private static final DeclaredDestination META = Bed.own("meta", Map.of("account", "act_1"));
    private static final DeclaredDestination RECORDED = Bed.other("meta_recorded", Map.of());
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void everyInputOfEveryWriteIsAskedAndAccountedFor() throws IOException {
        List<Exchange> dropped = new ArrayList<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Exchange exchange : Recorded.of("facebook")) {
            if (exchange.method().equals("GET")) {
                dropped.add(exchange);
                continue;
            }
            Batch batch = batch(exchange, RECORDED, "members_");
            Drive drive = Drive.script(exchange.answer());
            List<Outcome> told = drive.run(RECORDED.deliver(batch));
            same(exchange, drive.requests.getFirst());
            assertThat(told).hasSameSizeAs(batch.writes());
            Bed.words(told).forEach(word -> outcomes.merge(word.replaceAll("\\d{5,}", "…"), 1, Integer::sum));
        }
        Recorded.leftOut("facebook", dropped);
        assertThat(dropped).hasSize(12);
        assertThat(outcomes)
                .isEqualTo(Map.of("accepted null", 158, "accepted …", 1, "accepted … created", 3, "unknown counts", 2));
    }

    private static Batch batch(Exchange exchange, DeclaredDestination destination, String object) throws IOException {
        if (exchange.path().endsWith("/customaudiences")) {
            Map<String, Value> fields = Recorded.fields(exchange.request());
            String name = fields.remove("name").text();
            return Bed.batch(
                    destination,
                    Action.INSERT,
                    "audiences_" + exchange.segment(2),
                    "name",
                    List.of(Bed.row(0, name, null, fields)));
        }
        if (!exchange.path().endsWith("/users")) {
            Write write = Bed.row(0, "whichever", exchange.segment(2), Map.of());
            return Bed.batch(destination, Action.DELETE, "audiences_any", "name", List.of(write));
        }
        JsonNode payload = exchange.method().equals("POST")
                ? exchange.request().path("payload")
                : Recorded.JSON.readTree(
                        decoded(exchange.json().at("/query/payload").asText()));
        List<Write> writes = new ArrayList<>();
        for (JsonNode row : payload.path("data")) {
            Map<String, Value> fields = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                fields.put(
                        payload.at("/schema/" + i).asText(),
                        new Value.Text(row.get(i).asText()));
            }
            String email = fields.remove("EMAIL").text();
            writes.add(Bed.row(writes.size(), email, null, fields));
        }
        Action action = exchange.method().equals("POST") ? Action.ADD : Action.REMOVE;
        return Bed.batch(destination, action, object + exchange.segment(2), "EMAIL", writes);
    }

    private static void same(Exchange exchange, HttpRequest sent) throws IOException {
        StringBuilder query = new StringBuilder();
        exchange.json()
                .path("query")
                .properties()
                .forEach(parameter -> query.append(query.isEmpty() ? "?" : "&")
                        .append(parameter.getKey())
                        .append("=")
                        .append(decoded(parameter.getValue().asText())));
        assertThat(sent.method() + " " + decoded(sent.path()))
                .isEqualTo(exchange.method() + " " + exchange.path() + query);
        if (exchange.method().equals("POST")) {
            assertThat(Recorded.JSON.readTree(sent.body().bytes())).isEqualTo(exchange.request());
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Our own connector sends the same people, and never an empty id. */
    @Test
    void membersAreSentAsTheyWereByTheConnectorItself() throws IOException {
        int refused = 0;
        for (Exchange exchange : Recorded.of("facebook")) {
            if (!exchange.path().endsWith("/users")) {
                continue;
            }
            Batch batch = batch(exchange, META, "audience_");
            Drive drive = Drive.script(exchange.answer());
            List<Outcome> told = drive.run(META.deliver(batch));
            int rows = batch.writes().size();
            boolean invalid = exchange.response().path("num_invalid_entries").asInt() > 0;
            if (invalid) {
                assertThat(Bed.words(told)).containsExactly("unknown counts", "rejected caravan.unsendable data");
                refused++;
            } else {
                assertThat(told).hasSize(rows).allMatch(Outcome.Accepted.class::isInstance);
            }
            String body = decoded(drive.bodies().getFirst());
            batch.writes()
                    .forEach(write -> assertThat(body.contains(write.targetKey().text()))
                            .isEqualTo(!invalid || write.ordinal() == 0));
        }
        assertThat(refused).isEqualTo(1);
    }

    /**
     * What was used of the hour is told by all answers but those to adding people. These tell of the ad account, at 100 of 100, and were
     * successes all the same: nothing stops for that.
     */
    @Test
    void theUsageOfTheHourIsReadWhereItIsTold() {
        Map<String, Integer> told = new TreeMap<>();
        for (Exchange exchange : Recorded.of("facebook")) {
            Signal signal = META.observe(exchange.answer(), NOW);
            assertThat(signal.state()).isEqualTo(Signal.State.WELL);
            assertThat(signal.window()).isEmpty();
            boolean adds = exchange.method().equals("POST") && exchange.path().endsWith("/users");
            assertThat(signal.quota().isPresent()).isEqualTo(!adds);
            signal.quota().ifPresent(quota -> {
                assertThat(quota.share()).isBetween(0.3, 0.34);
                assertThat(quota.counted()).isFalse();
            });
            exchange.answer().headers().keySet().stream()
                    .filter(name -> name.endsWith("usage"))
                    .forEach(name -> told.merge((adds ? "adds " : "others ") + name, 1, Integer::sum));
            if (adds) {
                assertThat(exchange.answer().headers().get("x-ad-account-usage"))
                        .containsExactly("{\"acc_id_util_pct\":100}");
            }
        }
        assertThat(told)
                .isEqualTo(Map.of(
                        "adds x-ad-account-usage", 7, "adds x-app-usage", 7, "others x-business-use-case-usage", 17));
    }
}
