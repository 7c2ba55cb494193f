package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real answers of HubSpot. Nothing of them is in this repository: where they are not at hand, this says so and is skipped. */
class HubSpotRecordedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE =
            Path.of(System.getProperty("caravan.shared", "../shared"), "recorded", "hubspot.jsonl");
    private static final DeclaredDestination HUBSPOT = Bed.own("hubspot", Map.of());
    private static final DeclaredDestination RECORDED = Bed.other("hubspot_recorded", Map.of());
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Pattern OBJECTS = Pattern.compile("/crm/v3/objects/([^/]+)/batch/(create|update|archive)");

    private final List<JsonNode> exchanges = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        if (!Files.exists(FILE)) {
            System.out.println(
                    "SKIPPED: no recorded exchanges at " + FILE.toAbsolutePath() + "; set -Dcaravan.shared=FOLDER");
        }
        Assumptions.assumeTrue(Files.exists(FILE), () -> "there are no recorded exchanges at " + FILE);
        for (String line : Files.readAllLines(FILE)) {
            exchanges.add(JSON.readTree(line));
        }
    }

    @Test
    void everyInputOfEveryWriteIsAskedAndAccountedFor() throws IOException {
        Map<String, Integer> dropped = new TreeMap<>();
        Map<String, Integer> accepted = new TreeMap<>();
        int rows = 0;
        for (JsonNode exchange : exchanges) {
            String path = exchange.path("path").asText();
            if (exchange.path("method").asText().equals("GET") || path.endsWith("/search")) {
                dropped.merge(
                        exchange.path("method").asText() + " " + path.replaceAll("[^/]*\\d[^/]*|[^/]+@[^/]+", "…"),
                        1,
                        Integer::sum);
                continue;
            }
            Batch batch = batch(exchange);
            boolean ours = ours(exchange);
            Drive drive = Drive.script(reply(exchange));
            List<Outcome> outcomes = drive.run((ours ? HUBSPOT : RECORDED).deliver(batch));

            sameRequest(exchange, drive.requests.getFirst());
            assertThat(outcomes).as("%s", exchange.path("source")).hasSameSizeAs(batch.writes());
            for (int i = 0; i < outcomes.size(); i++) {
                int one = check(exchange, batch.writes().get(i), outcomes.get(i));
                accepted.merge(ours ? batch.action().name() : "outside", one, Integer::sum);
            }
            rows += outcomes.size();
        }
        System.out.println("read-only exchanges that were left out: " + dropped);
        System.out.println(
                "hubspot: rows accepted of " + rows + ", by connectors/hubspot or outside its operations: " + accepted);
        assertThat(accepted)
                .containsEntry("INSERT", 328)
                .containsEntry("UPDATE", 42)
                .containsEntry("ARCHIVE", 44);
        assertThat(rows).isEqualTo(accepted.values().stream().mapToInt(n -> n).sum() + 2);
        assertThat(dropped.values().stream().mapToInt(n -> n).sum()).isGreaterThan(300);
    }

    /** Whether it is an operation of connectors/hubspot; for the others there is a declaration of their own. */
    private static boolean ours(JsonNode exchange) {
        return exchange.path("path").asText().startsWith("/crm/v3/objects/");
    }

    /** The recorded updates name records by id. Had they been named by their keys, the same answers would tell them. */
    @Test
    void everyRecordedAnswerToAnUpdateTellsItsRowsByTheirKeysToo() {
        int rows = 0;
        for (JsonNode exchange : exchanges) {
            if (!exchange.path("path").asText().endsWith("/batch/update")) {
                continue;
            }
            Batch byId = batch(exchange);
            List<Write> writes = byId.writes().stream()
                    .map(write ->
                            Bed.row((int) write.ordinal(), write.targetKey().text(), null, Map.of()))
                    .toList();
            Batch byKey = new Batch(byId.action(), false, byId.object(), byId.keyField(), byId.schema(), writes);
            List<Outcome> outcomes = Drive.script(reply(exchange)).run(HUBSPOT.deliver(byKey));
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(outcomes.get(i))
                        .isEqualTo(new Outcome.Accepted(byId.writes().get(i).remoteId(), false));
            }
            rows += outcomes.size();
        }
        assertThat(rows).isEqualTo(42);
    }

    /** 1 for a row that is there now. */
    private static int check(JsonNode exchange, Write write, Outcome outcome) {
        if (exchange.path("status").asInt() == 400) {
            JsonNode first = exchange.path("response").path("validationResults").path(0);
            assertThat(outcome)
                    .isEqualTo(new Outcome.Rejected(
                            first.path("error").asText(),
                            first.path("name").asText(),
                            first.path("message").asText(),
                            ErrorClass.DATA));
            return 0;
        }
        assertThat(outcome).as("%s", exchange.path("source")).isInstanceOf(Outcome.Accepted.class);
        List<String> mine = new ArrayList<>();
        for (JsonNode result : exchange.path("response").path("results")) {
            boolean keyed = result.path("properties")
                    .toString()
                    .contains("\"" + write.targetKey().text() + "\"");
            if (write.remoteId() == null ? keyed : result.path("id").asText().equals(write.remoteId())) {
                mine.add(result.path("id").asText());
            }
        }
        if (exchange.path("response").has("results")) {
            boolean made = exchange.path("path").asText().endsWith("/create");
            assertThat(mine).hasSize(1);
            assertThat(outcome).isEqualTo(new Outcome.Accepted(mine.getFirst(), made));
        }
        return 1;
    }

    private static void sameRequest(JsonNode exchange, HttpRequest sent) throws IOException {
        assertThat(sent.method() + " " + URLDecoder.decode(sent.path(), StandardCharsets.UTF_8))
                .isEqualTo(exchange.path("method").asText() + " "
                        + named(URLDecoder.decode(exchange.path("path").asText(), StandardCharsets.UTF_8)));
        JsonNode request = exchange.path("request");
        if (request.size() > 0) {
            assertThat(sorted(untraced(JSON.readTree(sent.body().bytes())))).isEqualTo(sorted(request));
        }
    }

    /** HubSpot takes both names of its own objects; mappings have the one in small letters. */
    private static String named(String path) {
        return path.replace("/CONTACT/", "/contacts/").replace("/COMPANY/", "/companies/");
    }

    /** Who was recorded sent no trace ids. */
    private static JsonNode untraced(JsonNode body) {
        body.path("inputs").forEach(input -> ((ObjectNode) input).remove("objectWriteTraceId"));
        return body;
    }

    /** Properties of the first contacts API are a list, in any order. */
    private static JsonNode sorted(JsonNode body) {
        if (!body.path("properties").isArray()) {
            return body;
        }
        TreeMap<String, JsonNode> properties = new TreeMap<>();
        body.path("properties").forEach(property -> properties.put(property.toString(), property));
        ArrayNode sorted = JSON.createArrayNode();
        properties.values().forEach(sorted::add);
        return sorted;
    }

    private static Batch batch(JsonNode exchange) {
        String path = named(URLDecoder.decode(exchange.path("path").asText(), StandardCharsets.UTF_8));
        JsonNode request = exchange.path("request");
        Matcher objects = OBJECTS.matcher(path);
        if (objects.matches()) {
            return inputs(objects.group(1), objects.group(2), request.path("inputs"));
        }
        if (path.startsWith("/contacts/v1/contact/createOrUpdate/")) {
            Map<String, Value> fields = new LinkedHashMap<>();
            request.path("properties")
                    .forEach(property -> fields.put(property.path("property").asText(), value(property.path("value"))));
            fields.remove("email");
            return one(Action.UPSERT, "contacts_v1", "email", path.split("/", -1)[6], null, fields);
        }
        return path.startsWith("/crm-associations/v1/associations")
                ? association(path, request)
                : contacts(exchange, path);
    }

    private static Batch contacts(JsonNode exchange, String path) {
        JsonNode request = exchange.path("request");
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/contacts/v1/contact/vid/")) {
            return one(Action.DELETE, "contacts_v1", "email", "whoever", last, Map.of());
        }
        if (exchange.path("method").asText().equals("DELETE")) {
            return one(Action.DELETE, "lists_v1", "name", "whichever", last, Map.of());
        }
        if (path.equals("/contacts/v1/lists")) {
            return one(Action.INSERT, "lists_v1", "name", request.path("name").asText(), null, Map.of());
        }
        List<Write> writes = new ArrayList<>();
        request.path("emails").forEach(email -> writes.add(Bed.row(writes.size(), email.asText(), null, Map.of())));
        Action action = last.equals("add") ? Action.ADD : Action.REMOVE;
        return Bed.batch(RECORDED, action, "list_" + path.split("/", -1)[4] + "_v1", "email", writes);
    }

    private static Batch association(String path, JsonNode request) {
        Map<String, Value> fields = new LinkedHashMap<>();
        request.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
        Value key = fields.remove("toObjectId");
        return one(
                path.endsWith("delete") ? Action.REMOVE : Action.ADD,
                "associations_v1",
                "toObjectId",
                key.text(),
                null,
                fields);
    }

    private static Batch inputs(String object, String verb, JsonNode inputs) {
        List<Write> writes = new ArrayList<>();
        String keyField = "";
        for (JsonNode input : inputs) {
            Map<String, Value> fields = new LinkedHashMap<>();
            input.path("properties").properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
            keyField = List.of("domain", "email", "grouparoo_object_property").stream()
                    .filter(fields::containsKey)
                    .findFirst()
                    .orElse("id");
            // Whose record is known by its id keeps its key among the fields: it may be another one.
            Value key = input.has("id") ? fields.get(keyField) : fields.remove(keyField);
            String id = input.path("id").asText(null);
            writes.add(Bed.row(writes.size(), key == null ? id : key.text(), id, fields));
        }
        Action action = switch (verb) {
            case "create" -> Action.INSERT;
            case "update" -> Action.UPDATE;
            default -> Action.ARCHIVE;
        };
        TargetSchema open = new TargetSchema(object, List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(action, false, object, keyField, open, writes);
    }

    private static Batch one(
            Action action, String object, String keyField, String key, String id, Map<String, Value> fields) {
        return Bed.batch(RECORDED, action, object, keyField, List.of(Bed.row(0, key, id, fields)));
    }

    private static Value value(JsonNode json) {
        if (json.isNull()) {
            return Value.ofNull();
        }
        return json.isNumber() ? new Value.Decimal(json.decimalValue()) : new Value.Text(json.asText());
    }

    /** Whoever asked: HubSpot's own rules know the class of every error that was recorded. */
    @Test
    void everyRecordedErrorIsKnown() {
        Map<Integer, Integer> statuses = new TreeMap<>();
        int withoutWindow = 0;
        for (JsonNode exchange : exchanges) {
            int status = exchange.path("status").asInt();
            if (status < 400) {
                continue;
            }
            statuses.merge(status, 1, Integer::sum);
            HttpAnswer answer = reply(exchange);
            Outcome outcome =
                    Drive.script(answer).run(HUBSPOT.deliver(contact())).getFirst();
            Signal signal = HUBSPOT.observe(answer, NOW);
            switch (status) {
                case 429 -> {
                    assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    Outcome.Deferred.class,
                                    later -> assertThat(later.reason()).isEqualTo("busy"));
                    assertThat(signal.state()).isEqualTo(Signal.State.BUSY);
                    assertThat(signal.notBefore())
                            .hasValueSatisfying(
                                    at -> assertThat(at).isBetween(NOW.plusMillis(900), NOW.plusSeconds(10)));
                    withoutWindow += signal.window().isEmpty() ? 1 : 0;
                }
                case 400 -> refused(outcome, signal, ErrorClass.DATA);
                case 404 -> refused(outcome, signal, ErrorClass.CONFIG);
                default -> throw new AssertionError("an error of a kind nobody thought of: " + status);
            }
        }
        assertThat(statuses).containsOnlyKeys(400, 404, 429).containsEntry(429, 36);
        assertThat(withoutWindow).isPositive();
    }

    private static Batch contact() {
        TargetSchema open = new TargetSchema("contacts", List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(Action.UPSERT, false, "contacts", "email", open, Bed.rows("a@x.example"));
    }

    private static void refused(Outcome outcome, Signal signal, ErrorClass errorClass) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        no -> assertThat(no.errorClass()).isEqualTo(errorClass));
        assertThat(signal.state()).isEqualTo(Signal.State.WELL);
    }

    @Test
    void theDaysAllowanceOnEveryAnswerIsRead() {
        long quotas = 0;
        long windows = 0;
        for (JsonNode exchange : exchanges) {
            Signal signal = HUBSPOT.observe(reply(exchange), NOW);
            boolean daily = exchange.path("responseHeaders").has("X-HubSpot-RateLimit-Daily");
            boolean window = exchange.path("responseHeaders").has("X-HubSpot-RateLimit-Interval-Milliseconds");
            // How long the window is that rolls along, not when it starts anew: no moment to wait for.
            assertThat(signal.window()).isEmpty();
            assertThat(signal.quota().isPresent()).isEqualTo(daily);
            signal.quota().ifPresent(quota -> assertThat(quota.limit()).isEqualTo(250_000));
            quotas += daily ? 1 : 0;
            windows += window ? 1 : 0;
        }
        assertThat(quotas).isGreaterThan(350);
        assertThat(windows).isPositive().isLessThan(quotas);
    }

    private static HttpAnswer reply(JsonNode exchange) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.path("responseHeaders").properties().forEach(header -> {
            List<String> values = new ArrayList<>();
            header.getValue().forEach(value -> values.add(value.asText()));
            headers.put(header.getKey().toLowerCase(Locale.ROOT), values);
        });
        JsonNode response = exchange.path("response");
        String body = response.isTextual() ? response.asText() : response.toString();
        return new HttpAnswer(exchange.path("status").asInt(), headers, Body.of(body), 1);
    }
}
