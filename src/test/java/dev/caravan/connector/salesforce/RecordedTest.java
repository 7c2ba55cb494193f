package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.declared.Bed;
import dev.caravan.connector.declared.DeclaredDestination;
import dev.caravan.connector.declared.Recorded;
import dev.caravan.connector.declared.Recorded.Exchange;
import dev.caravan.connector.salesforce.wire.ApiError;
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
import dev.caravan.transport.HttpRequest;
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
    private static final DeclaredDestination ALONE = Bed.other("salesforce_recorded", Map.of());
    private static final Map<String, ErrorClass> CLASSES = Map.of(
            "INVALID_EMAIL_ADDRESS", ErrorClass.DATA,
            "REQUIRED_FIELD_MISSING", ErrorClass.DATA,
            "CANNOT_UPDATE_CONVERTED_LEAD", ErrorClass.CONFLICT);

    private final Path folder = Path.of(System.getProperty("caravan.shared", "../shared"), "recorded");
    private final List<JsonNode> exchanges = new ArrayList<>();

    @BeforeEach
    void read() {
        Recorded.of("salesforce").forEach(exchange -> exchanges.add(exchange.json()));
    }

    @Test
    void everyRecordedWriteIsAskedAndAnsweredRowByRow() throws IOException {
        List<Exchange> dropped = new ArrayList<>();
        int rows = 0;
        int refused = 0;
        int alone = 0;
        for (JsonNode exchange : exchanges) {
            String path = exchange.path("path").asText();
            if (exchange.path("method").asText().equals("GET")) {
                dropped.add(new Exchange(exchange));
            } else if (path.endsWith("/composite/sobjects")) {
                List<Outcome> outcomes = together(exchange);
                for (int i = 0; i < outcomes.size(); i++) {
                    Action action = batch(exchange).action();
                    refused += check(exchange.path("response").get(i), outcomes.get(i), action);
                }
                rows += outcomes.size();
            } else {
                assertThat(check(exchange.path("response"), alone(exchange), Action.INSERT))
                        .isZero();
                alone++;
            }
        }
        Recorded.leftOut("salesforce", dropped);
        assertThat(dropped).hasSize(90);
        assertThat(rows).isEqualTo(99);
        assertThat(refused).isEqualTo(8);
        assertThat(alone).isEqualTo(4);
    }

    private static List<Outcome> together(JsonNode exchange) throws IOException {
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
        return outcomes;
    }

    /** A record at a time, as the connector never writes: by a declaration of its own. */
    private static Outcome alone(JsonNode exchange) throws IOException {
        String path = exchange.path("path").asText();
        JsonNode request = exchange.path("request");
        Write write = Bed.row(0, request.path("Name").asText(), null, Map.of());
        String object = path.substring(path.lastIndexOf('/') + 1);
        Drive drive = Drive.script(reply(exchange));
        List<Outcome> outcomes =
                drive.run(ALONE.deliver(Bed.batch(ALONE, Action.INSERT, object, "Name", List.of(write))));

        HttpRequest sent = drive.requests.getFirst();
        assertThat(sent.method() + " " + sent.path())
                .isEqualTo(exchange.path("method").asText() + " " + path);
        assertThat(JSON.readTree(sent.body().bytes())).isEqualTo(request);
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    /** To reads of records that are gone. To a whole request it means that something is set up wrongly, to a record that it is not there. */
    @Test
    void everyRecordedErrorIsKnown() {
        int errors = 0;
        for (JsonNode exchange : exchanges) {
            if (exchange.path("status").asInt() < 400) {
                continue;
            }
            JsonNode error = exchange.path("response").path(0);
            String code = error.path("errorCode").asText();
            String message = error.path("message").asText();
            Write write = new Write(0, PlannedWrite.Kind.CHANGE, new Value.Text("Acme"), null, Map.of());
            Batch batch = new Batch(
                    Action.INSERT, false, "Account", "Name", new TargetSchema("Account", List.of()), List.of(write));

            assertThat(Drive.script(reply(exchange)).run(SALESFORCE.deliver(batch)))
                    .as("%s", exchange.path("source"))
                    .containsExactly(new Outcome.Rejected(code, null, message, ErrorClass.CONFIG));
            assertThat(ErrorCodes.ofRecord(new ApiError(code, message, null))).isEqualTo(ErrorClass.DATA);
            assertThat(SALESFORCE.observe(reply(exchange), Instant.EPOCH).state())
                    .isEqualTo(Signal.State.WELL);
            assertThat(exchange.path("status").asInt() + " " + code).isEqualTo("404 NOT_FOUND");
            errors++;
        }
        assertThat(errors).isEqualTo(3);
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
        return new Exchange(exchange).answer();
    }
}
