package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.salesforce.wire.ErrorCodes;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real answers, recorded once, read by the connector; and the requests it would have sent for them. */
class RecordedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ErrorClass> CLASSES = Map.of(
            "INVALID_EMAIL_ADDRESS", ErrorClass.DATA,
            "REQUIRED_FIELD_MISSING", ErrorClass.DATA,
            "CANNOT_UPDATE_CONVERTED_LEAD", ErrorClass.CONFLICT);

    private final Path folder = Path.of(System.getProperty("caravan.shared", "../shared"), "recorded");
    private final List<JsonNode> exchanges = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        Path file = folder.resolve("salesforce.jsonl");
        assumeTrue(Files.exists(file), "skipped: there are no recorded exchanges at " + file);
        for (String line : Files.readAllLines(file)) {
            exchanges.add(JSON.readTree(line));
        }
    }

    @Test
    void everyRecordedWriteIsAskedAndAnsweredRowByRow() throws IOException {
        int rows = 0;
        int refused = 0;
        for (JsonNode exchange : exchanges) {
            if (!exchange.path("path").asText().endsWith("/composite/sobjects")) {
                continue;
            }
            Batch batch = batch(exchange);
            Drive drive = Drive.script(reply(exchange));
            List<Outcome> outcomes = drive.run(SALESFORCE.deliver(batch));

            if (batch.action() != Action.DELETE) {
                assertThat(JSON.readTree(drive.requests.getFirst().body().bytes()))
                        .as("%s", exchange.path("source"))
                        .isEqualTo(exchange.path("request"));
            }
            assertThat(outcomes)
                    .hasSameSizeAs(batch.writes())
                    .hasSize(exchange.path("response").size());
            for (int i = 0; i < outcomes.size(); i++) {
                refused += check(exchange.path("response").get(i), outcomes.get(i), batch.action());
            }
            rows += outcomes.size();
        }
        assertThat(rows).isEqualTo(99);
        assertThat(refused).isEqualTo(8);
    }

    private static int check(JsonNode answered, Outcome outcome, Action action) {
        if (answered.path("success").asBoolean()) {
            assertThat(outcome)
                    .isEqualTo(new Outcome.Accepted(answered.path("id").asText(), action == Action.INSERT));
            return 0;
        }
        JsonNode error = answered.path("errors").path(0);
        String code = error.path("statusCode").asText();
        String field = error.path("fields").path(0).asText(null);
        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Rejected(code, field, error.path("message").asText(), CLASSES.get(code)));
        return 1;
    }

    private static Batch batch(JsonNode exchange) {
        List<Write> writes = new ArrayList<>();
        String object = "Account";
        String keyField = "Id";
        Action action = Action.DELETE;
        if (exchange.path("method").asText().equals("DELETE")) {
            String ids = URLDecoder.decode(exchange.path("query").path("ids").asText(), StandardCharsets.UTF_8);
            for (String id : ids.split(",", -1)) {
                writes.add(new Write(0, PlannedWrite.Kind.REMOVE, new Value.Text(id), id, Map.of()));
            }
        } else {
            action = exchange.path("method").asText().equals("POST") ? Action.INSERT : Action.UPDATE;
            for (JsonNode record : exchange.path("request").path("records")) {
                object = record.path("attributes").path("type").asText();
                keyField = action == Action.UPDATE ? "Id" : firstField(record);
                writes.add(write(record, keyField));
            }
        }
        return new Batch(action, false, object, keyField, new TargetSchema(object, List.of()), writes);
    }

    private static String firstField(JsonNode record) {
        return record.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Write write(JsonNode record, String keyField) {
        Map<String, Value> fields = new LinkedHashMap<>();
        record.properties().forEach(field -> {
            if (!Set.of("attributes", "id", keyField).contains(field.getKey())) {
                fields.put(field.getKey(), value(field.getValue()));
            }
        });
        String id = record.path("id").asText(null);
        String key = id == null ? record.path(keyField).asText() : id;
        return new Write(0, PlannedWrite.Kind.CHANGE, new Value.Text(key), id, fields);
    }

    private static Value value(JsonNode json) {
        if (json.isNull()) {
            return Value.ofNull();
        }
        if (json.isBoolean()) {
            return new Value.Bool(json.asBoolean());
        }
        return json.isNumber() ? new Value.Decimal(json.decimalValue()) : new Value.Text(json.asText());
    }

    @Test
    void everyRecordedDescriptionIsRead() {
        Map<String, TargetSchema> schemas = new HashMap<>();
        for (JsonNode exchange : exchanges) {
            if (exchange.path("path").asText().endsWith("/describe")) {
                String object = exchange.path("response").path("name").asText();
                Described described = Drive.script(reply(exchange)).run(SALESFORCE.describe(object));
                schemas.put(object, ((Described.Schema) described).schema());
                assertThat(schemas.get(object).fields())
                        .hasSize(exchange.path("response").path("fields").size());
            }
        }
        assertThat(schemas).containsOnlyKeys("Account", "Contact", "Lead", "Campaign", "Topic");
        TargetSchema contact = schemas.get("Contact");
        assertThat(contact.field("Email")).hasValueSatisfying(email -> {
            assertThat(email.kind()).isEqualTo(TargetField.Kind.EMAIL);
            assertThat(email.length()).isEqualTo(80);
            assertThat(email.key()).isTrue();
            assertThat(email.ignoreCase()).isTrue();
        });
        assertThat(contact.field("LastName"))
                .hasValueSatisfying(f -> assertThat(f.requiredOnCreate()).isTrue());
        assertThat(contact.field("OwnerId"))
                .hasValueSatisfying(f -> assertThat(f.requiredOnCreate()).isFalse());
        assertThat(contact.field("MailingAddress"))
                .hasValueSatisfying(f -> assertThat(f.kind()).isEqualTo(TargetField.Kind.OTHER));
        assertThat(schemas.get("Lead").field("Rating"))
                .hasValueSatisfying(f -> assertThat(f.values()).isEmpty());
        assertThat(contact.field("CleanStatus"))
                .hasValueSatisfying(f -> assertThat(f.values()).contains("Matched"));
        assertThat(schemas.get("Lead").field("NumberOfEmployees"))
                .hasValueSatisfying(f -> assertThat(f.precision()).isEqualTo(8));
    }

    /** A recorded record, asked about as if our insert of just its values had been lost. */
    @Test
    void everyRecordedRecordIsKnownForWhatWasSent() {
        Map<String, TargetSchema> schemas = schemas();
        int records = 0;
        for (JsonNode exchange : exchanges) {
            JsonNode record = exchange.path("response");
            String object = record.path("attributes").path("type").asText("");
            if (!schemas.containsKey(object) || !record.has("CreatedById") || !record.has("IsDeleted")) {
                continue;
            }
            Map<String, Value> fields = new LinkedHashMap<>();
            for (TargetField field : schemas.get(object).fields()) {
                if (field.createable()
                        && record.has(field.name())
                        && !field.name().equals("Name")) {
                    fields.put(field.name(), value(record.path(field.name())));
                }
            }
            Write write = new Write(
                    0, PlannedWrite.Kind.ADD, new Value.Text(record.path("Name").asText()), null, fields);
            Batch batch = new Batch(Action.INSERT, false, object, "Name", schemas.get(object), List.of(write));
            String login = "{\"id\":\"https://x.example/id/00D4S000000OZ4EUAA/"
                    + record.path("CreatedById").asText() + "\"}";
            Instant begun = Instant.parse(record.path("CreatedDate").asText().replace("+0000", "Z"));
            Trace.Question question =
                    new Trace.Question(batch, List.of(begun), new HttpAnswer(200, Map.of(), Body.of(login), 1));
            String answer = "{\"totalSize\":1,\"done\":true,\"records\":[" + record + "]}";
            assertThat(Drive.script(Drive.answer(200, answer))
                            .run(SALESFORCE.lookUp(question).orElseThrow()))
                    .as("%s", exchange.path("source"))
                    .containsExactly(new Trace.Arrived(record.path("Id").asText()));
            records++;
        }
        assertThat(records).isGreaterThan(20);
    }

    private Map<String, TargetSchema> schemas() {
        Map<String, TargetSchema> schemas = new HashMap<>();
        for (JsonNode exchange : exchanges) {
            if (exchange.path("path").asText().endsWith("/describe")) {
                String object = exchange.path("response").path("name").asText();
                Described described = Drive.script(reply(exchange)).run(SALESFORCE.describe(object));
                schemas.put(object, ((Described.Schema) described).schema());
            }
        }
        return schemas;
    }

    @Test
    void theUsageOnEveryAnswerIsRead() {
        long told = exchanges.stream()
                .map(RecordedTest::reply)
                .map(reply -> SALESFORCE.observe(reply, Instant.EPOCH))
                .filter(signal -> signal.quota().isPresent() && signal.state() == Signal.State.WELL)
                .filter(signal -> signal.quota().orElseThrow().limit() == 15_000)
                .count();
        assertThat(told).isEqualTo(exchanges.size());
    }

    @Test
    void everyListedCodeIsADocumentedOneOrOfTheRestAndBulkApisAlone() throws IOException {
        Set<String> listed = new TreeSet<>();
        ErrorCodes.listed().values().forEach(listed::addAll);
        Files.readAllLines(folder.resolve("salesforce-status-codes.txt")).forEach(listed::remove);
        listed.removeIf(code -> !code.equals(code.toUpperCase(Locale.ROOT)));

        assertThat(listed)
                .containsExactlyInAnyOrder(
                        "API_TEMPORARILY_UNAVAILABLE",
                        "INVALIDENTITY",
                        "INVALID_AUTH_HEADER",
                        "INVALID_LOGIN",
                        "NOT_FOUND");
    }

    private static Reply reply(JsonNode exchange) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.path("responseHeaders").properties().forEach(header -> {
            List<String> values = new ArrayList<>();
            header.getValue().forEach(value -> values.add(value.asText()));
            headers.put(header.getKey().toLowerCase(Locale.ROOT), values);
        });
        return new HttpAnswer(
                exchange.path("status").asInt(),
                headers,
                Body.of(exchange.path("response").toString()),
                1);
    }
}
