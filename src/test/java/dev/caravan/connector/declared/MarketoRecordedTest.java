package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.declared.Recorded.Exchange;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real answers of Marketo: each a 200, and what was refused stands among what was taken. */
class MarketoRecordedTest {

    private static final DeclaredDestination MARKETO =
            Bed.own("marketo", Map.of("api_base", "https://123-ABC-456.mktorest.com"));
    private static final DeclaredDestination OTHER = Bed.other("marketo_recorded", Map.of());

    @Test
    void everyInputOfEveryWriteIsAskedAndAccountedFor() throws IOException {
        List<Exchange> leftOut = new ArrayList<>();
        Map<String, Integer> ends = new HashMap<>();
        int exchanges = 0;
        for (Exchange exchange : Recorded.of("marketo")) {
            if (exchange.method().equals("GET") || exchange.request().asText().contains("_method=GET")) {
                leftOut.add(exchange);
                continue;
            }
            Batch batch = batch(exchange);
            Drive drive = Drive.script(exchange.answer());
            DeclaredDestination destination = exchange.path().startsWith("/rest/asset/") ? OTHER : MARKETO;
            List<Outcome> outcomes = drive.run(destination.deliver(batch));

            sameRequest(exchange, drive.requests.getFirst());
            assertThat(destination.observe(exchange.answer(), Instant.EPOCH).state())
                    .isEqualTo(Signal.State.WELL);
            assertThat(outcomes).hasSameSizeAs(batch.writes());
            for (int i = 0; i < outcomes.size(); i++) {
                JsonNode result = exchange.response().path("result").path(i);
                ends.merge(check(result, outcomes.get(i)), 1, Integer::sum);
            }
            exchanges++;
        }
        Recorded.leftOut("marketo", leftOut);
        assertThat(exchanges).isEqualTo(36);
        assertThat(leftOut).hasSize(97);
        assertThat(ends)
                .isEqualTo(Map.of(
                        "created", 4, "updated", 12, "deleted", 4, "added", 9, "removed", 4, "1003", 7, "1015", 1, "",
                        4));
    }

    /** What the answer says of a row, if that is what the outcome says too. */
    private static String check(JsonNode result, Outcome outcome) {
        String status = result.path("status").asText();
        String id = result.path("id").asText();
        if (!status.equals("skipped")) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Accepted.class,
                            yes -> assertThat(yes.remoteId()).isEqualTo(id));
            return status;
        }
        JsonNode reason = result.at("/reasons/0");
        Outcome expected = reason.path("code").asText().equals("1015")
                ? new Outcome.Unchanged(id)
                : new Outcome.Rejected(
                        reason.path("code").asText(),
                        null,
                        reason.path("message").asText(),
                        ErrorClass.DATA);
        assertThat(outcome).isEqualTo(expected);
        return reason.path("code").asText();
    }

    private static void sameRequest(Exchange exchange, HttpRequest sent) throws IOException {
        StringBuilder query = new StringBuilder();
        exchange.json().path("query").properties().forEach(parameter -> {
            List<String> values = new ArrayList<>();
            if (parameter.getValue().isArray()) {
                parameter.getValue().forEach(value -> values.add(value.asText()));
            } else {
                values.add(parameter.getValue().asText());
            }
            values.forEach(value -> query.append(query.isEmpty() ? "?" : "&")
                    .append(parameter.getKey())
                    .append("=")
                    .append(value));
        });
        assertThat(sent.method() + " " + sent.path()).isEqualTo(exchange.method() + " " + exchange.path() + query);
        if (exchange.request().isTextual()) {
            assertThat(form(sent.body().text()))
                    .isEqualTo(form(exchange.request().asText()));
        } else if (exchange.request().isObject()) {
            assertThat(Recorded.JSON.readTree(sent.body().bytes())).isEqualTo(exchange.request());
        }
    }

    /** A form's fields; JSON in them as it is read. */
    private static Map<String, Object> form(String text) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            String value = URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
            fields.put(
                    pair.substring(0, pair.indexOf('=')),
                    value.startsWith("{") ? Recorded.JSON.readTree(value) : value);
        }
        return fields;
    }

    private static Batch batch(Exchange exchange) throws IOException {
        String path = exchange.path();
        if (path.endsWith("/staticLists.json")) {
            Map<String, Object> form = form(exchange.request().asText());
            Value folder =
                    new Value.Int(((JsonNode) form.get("folder")).path("id").asLong());
            Write write = Bed.row(0, String.valueOf(form.get("name")), null, Map.of("folder", folder));
            return Bed.batch(OTHER, Action.INSERT, "static_lists", "name", List.of(write));
        }
        if (path.startsWith("/rest/asset/")) {
            Write write = Bed.row(0, "whichever", exchange.segment(5), Map.of());
            return Bed.batch(OTHER, Action.DELETE, "static_lists", "name", List.of(write));
        }
        return path.startsWith("/rest/v1/lists/") ? members(exchange) : leads(exchange);
    }

    private static Batch members(Exchange exchange) {
        List<String> ids = new ArrayList<>();
        exchange.request().path("input").forEach(each -> ids.add(each.path("id").asText()));
        JsonNode asked = exchange.json().at("/query/id");
        asked.forEach(each -> ids.add(each.asText()));
        if (asked.isTextual()) {
            ids.add(asked.asText());
        }
        List<Write> writes = new ArrayList<>();
        ids.forEach(id -> writes.add(Bed.row(writes.size(), id, null, Map.of())));
        Action action = exchange.method().equals("DELETE") ? Action.REMOVE : Action.ADD;
        return Bed.batch(MARKETO, action, "list_" + exchange.segment(4), "id", writes);
    }

    private static Batch leads(Exchange exchange) {
        JsonNode request = exchange.request();
        boolean deletes = request.path("action").isMissingNode();
        String key = request.path("lookupField").asText("id");
        List<Write> writes = new ArrayList<>();
        for (JsonNode each : request.path("input")) {
            Map<String, Value> fields = Recorded.fields(each);
            Value value = fields.remove(key);
            writes.add(
                    Bed.row(writes.size(), value.text(), deletes ? value.text() : null, deletes ? Map.of() : fields));
        }
        Action action = deletes
                ? Action.DELETE
                : request.path("action").asText().equals("updateOnly") ? Action.UPDATE : Action.UPSERT;
        TargetField.Kind kind = key.equals("id") ? TargetField.Kind.INTEGER : TargetField.Kind.EMAIL;
        TargetSchema schema =
                new TargetSchema("leads", List.of(TargetField.open(key, kind)), Optional.of(TargetField.Kind.OTHER));
        return new Batch(action, false, "leads", key, schema, writes);
    }

    /** It was recorded as it was on the wire, compressed. */
    @Test
    void aDescriptionIsRead() throws IOException {
        Exchange exchange = Recorded.of("marketo").stream()
                .filter(each -> each.path().endsWith("/describe.json"))
                .findFirst()
                .orElseThrow();
        StringBuilder hex = new StringBuilder();
        exchange.response().forEach(part -> hex.append(part.asText()));
        byte[] packed = HexFormat.of().parseHex(hex);
        String body = new String(
                new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);
        Described described = Drive.script(Drive.answer(200, body)).run(MARKETO.describe("leads"));

        assertThat(described).isInstanceOf(Described.Schema.class);
        TargetSchema schema = ((Described.Schema) described).schema();
        assertThat(schema.fields()).hasSize(100).noneMatch(field -> field.kind() == TargetField.Kind.OTHER);
        assertThat(schema.field("email")).hasValueSatisfying(email -> {
            assertThat(email.key()).isTrue();
            assertThat(email.ignoreCase()).isTrue();
            assertThat(email.length()).isEqualTo(255);
        });
        assertThat(schema.field("firstName").orElseThrow().key()).isFalse();
        assertThat(schema.field("inferredCompany").orElseThrow().createable()).isFalse();
    }
}
