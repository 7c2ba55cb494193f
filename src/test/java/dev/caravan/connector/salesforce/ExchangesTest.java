package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.connector.salesforce.wire.ErrorCodes;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What connectors/salesforce says is what the connector does: its examples are played, its error table compared. */
class ExchangesTest {

    private static final Path FOLDER = Path.of("connectors/salesforce");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("exchanges"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsPlayedAsWritten(Path file) throws IOException {
        JsonNode example = JSON.readTree(Files.readString(file));
        Drive drive = Drive.script(replies(example.path("steps")));

        List<Outcome> outcomes = drive.run(SALESFORCE.deliver(batch(example.path("batch"))));

        assertThat(outcomes.stream().map(ExchangesTest::words).toList())
                .isEqualTo(JSON.convertValue(example.path("outcomes"), List.class));
        assertThat(drive.requests).hasSize(example.path("steps").size());
        for (int i = 0; i < drive.requests.size(); i++) {
            compare(example.path("steps").get(i).path("request"), drive.requests.get(i));
        }
    }

    private static void compare(JsonNode written, HttpRequest sent) throws IOException {
        assertThat(sent.method() + " " + sent.path())
                .isEqualTo(written.path("method").asText() + " "
                        + written.path("path").asText());
        if (written.has("body")) {
            assertThat(JSON.readTree(sent.body().bytes())).isEqualTo(written.path("body"));
        } else {
            assertThat(sent.body().text()).isEqualTo(written.path("text").asText(""));
        }
    }

    private static Reply[] replies(JsonNode steps) {
        List<Reply> replies = new ArrayList<>();
        for (JsonNode step : steps) {
            JsonNode reply = step.path("reply");
            String body = reply.has("body")
                    ? reply.path("body").toString()
                    : reply.path("text").asText("");
            replies.add(Drive.answer(reply.path("status").asInt(), body));
        }
        return replies.toArray(Reply[]::new);
    }

    private static Batch batch(JsonNode batch) {
        List<Write> writes = new ArrayList<>();
        for (JsonNode write : batch.path("writes")) {
            Map<String, Value> fields = new LinkedHashMap<>();
            write.path("fields").properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
            writes.add(Sample.write(
                    writes.size(), write.path("key").asText(), write.path("id").asText(null), fields));
        }
        Action action = Action.valueOf(batch.path("action").asText());
        boolean job = batch.path("job").asBoolean();
        return batch.path("object").asText("").equals("Task")
                ? Sample.tasks(action, job, writes)
                : Sample.batch(action, job, writes);
    }

    private static Value value(JsonNode json) {
        if (json.isNull()) {
            return Value.ofNull();
        }
        return json.isNumber() ? new Value.Decimal(json.decimalValue()) : new Value.Text(json.asText());
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> accepted.created() ? "accepted created" : "accepted";
            case Outcome.Unchanged unchanged -> "unchanged";
            case Outcome.Rejected rejected -> "rejected " + rejected.code() + " " + rejected.errorClass();
            case Outcome.Deferred deferred -> "deferred " + deferred.reason();
            case Outcome.Unknown unknown -> "unknown";
        };
    }

    @Test
    void thePageNamesTheCodesThatAreNoRowsFault() throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));

        assertThat(readme)
                .contains(ErrorCodes.ROLLED_BACK)
                .contains(ErrorCodes.GONE)
                .contains(" %,d, and at most %d MB"
                        .formatted(
                                SalesforceLimits.DEFAULT.jobRows(), SalesforceLimits.DEFAULT.jobBytes() / 1024 / 1024));
    }
}
