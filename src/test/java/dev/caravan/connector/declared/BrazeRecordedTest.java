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
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real answers of Braze: all are successes. */
class BrazeRecordedTest {

    private static final DeclaredDestination BRAZE = Bed.own("braze", Map.of());
    private static final Instant NOW = Instant.parse("2021-11-23T22:40:00Z");

    @Test
    void everyInputOfEveryWriteIsAskedAndAccountedFor() throws IOException {
        List<Exchange> leftOut = new ArrayList<>();
        int exchanges = 0;
        int rows = 0;
        for (Exchange exchange : Recorded.of("braze")) {
            if (exchange.path().equals("/users/export/ids")) {
                leftOut.add(exchange);
                continue;
            }
            Batch batch = batch(exchange);
            Drive drive = Drive.script(exchange.answer());
            List<Outcome> outcomes = drive.run(BRAZE.deliver(batch));

            assertThat(drive.requests.getFirst().method() + " "
                            + drive.requests.getFirst().path())
                    .isEqualTo(exchange.method() + " " + exchange.path());
            assertThat(Recorded.JSON.readTree(drive.requests.getFirst().body().bytes()))
                    .isEqualTo(exchange.request());
            assertThat(outcomes)
                    .hasSameSizeAs(batch.writes())
                    .allMatch(outcome -> outcome.equals(new Outcome.Accepted(null, false)));
            exchanges++;
            rows += outcomes.size();
        }
        Recorded.leftOut("braze", leftOut);
        assertThat(exchanges).isEqualTo(19);
        assertThat(rows).isEqualTo(123);
        assertThat(leftOut).hasSize(36);
    }

    private static Batch batch(Exchange exchange) {
        boolean deletes = exchange.path().equals("/users/delete");
        List<Write> writes = new ArrayList<>();
        for (JsonNode each : exchange.request().path(deletes ? "external_ids" : "attributes")) {
            Map<String, Value> fields = Recorded.fields(each);
            Value key = fields.remove("external_id");
            writes.add(Bed.row(writes.size(), deletes ? each.asText() : key.text(), null, fields));
        }
        return Bed.batch(BRAZE, deletes ? Action.DELETE : Action.UPSERT, "users", "external_id", writes);
    }

    /** Each endpoint has its own allowance, and says what is left of it. */
    @Test
    void theLimitOnEveryAnswerIsRead() {
        for (Exchange exchange : Recorded.of("braze")) {
            Signal signal = BRAZE.observe(exchange.answer(), NOW);
            JsonNode headers = exchange.json().path("responseHeaders");
            assertThat(signal.state()).isEqualTo(Signal.State.WELL);
            assertThat(signal.window())
                    .hasValueSatisfying(window -> assertThat(window)
                            .isEqualTo(new Signal.Window(
                                    headers.at("/X-RateLimit-Remaining/0").asLong(),
                                    Instant.ofEpochSecond(
                                            headers.at("/X-RateLimit-Reset/0").asLong()))));
        }
    }
}
