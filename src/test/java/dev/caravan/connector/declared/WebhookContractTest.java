package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Destination;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.DestinationContract;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhook keeps the contract of destinations. */
class WebhookContractTest extends DestinationContract {

    private static final DeclaredDestination WEBHOOK = Bed.own(
            "webhook",
            Map.of("url", "https://hooks.example.com/caravan", "secret", CANARY, "authorization", "Bearer " + CANARY));

    @Override
    protected Destination destination() {
        return WEBHOOK;
    }

    @Override
    protected List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (String object : List.of("person", "batch_person")) {
            for (Action action : List.of(Action.UPSERT, Action.UPDATE, Action.DELETE, Action.APPEND)) {
                operations.add(operation(action, object));
            }
        }
        operations.add(operation(Action.APPEND, "plain_person"));
        return operations;
    }

    private static Operation operation(Action action, String object) {
        Map<String, Value> fields = action == Action.DELETE ? Map.of() : Map.of("name", new Value.Text("private"));
        // A status is all that it has to say.
        return new Operation(
                action, object, "id", i -> Bed.row(i, "k" + i, null, fields), request -> Drive.answer(202, ""), false);
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.OTHER));
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, writes);
    }

    /** A receiver is anybody, and says "got it" in any words. */
    @Override
    protected boolean believesAnyWords(Case operation) {
        return true;
    }

    /** What it says of each row is lost with the end of its answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"results\": [{\"key\": \"a\"}, {\"key\": \"b\", \"error\": \"no",
                "{\"results\": [{\"key\": \"a\"}",
                " [{\"key\"",
                "{\"ok\": fal"
            })
    void anAnswerThatWasCutTakesNoMessage(String body) {
        for (String object : List.of("person", "batch_person")) {
            Operation upsert = operation(Action.UPSERT, object);
            List<Write> writes = List.of(Bed.row(0, "a", null, Map.of()), Bed.row(1, "b", null, Map.of()));
            assertThat(new Drive(request -> Drive.answer(200, body)).run(WEBHOOK.deliver(batch(upsert, writes))))
                    .containsOnly(new Outcome.Unknown("malformed"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[OK] queued", "{thanks}", "<p>OK</p>", "[]", "{\"id\": 1}"})
    void anyOtherWordsTakeIt(String body) {
        Operation upsert = operation(Action.UPSERT, "person");
        List<Write> writes = List.of(Bed.row(0, "a", null, Map.of()));
        assertThat(new Drive(request -> Drive.answer(200, body)).run(WEBHOOK.deliver(batch(upsert, writes))))
                .containsOnly(new Outcome.Accepted(null, false));
    }

    @Test
    void aMessageIsKnownAgainByItsRows() {
        Operation append = operation(Action.APPEND, "batch_person");
        List<Write> writes = List.of(Bed.row(0, "a", null, Map.of()), Bed.row(1, "b", null, Map.of()));
        Drive drive = new Drive(append.well());
        List<Outcome> outcomes = new ArrayList<>(drive.run(WEBHOOK.deliver(batch(append, writes))));
        outcomes.addAll(drive.run(WEBHOOK.deliver(batch(append, writes))));
        outcomes.addAll(drive.run(WEBHOOK.deliver(batch(append, writes.subList(1, 2)))));
        List<String> keys = drive.requests.stream()
                .map(request -> String.valueOf(request.headers().get("Idempotency-Key")))
                .toList();
        assertThat(keys).hasSize(3).allMatch(key -> key.matches("[0-9a-f]{64}"));
        assertThat(keys.get(1)).isEqualTo(keys.get(0)).isNotEqualTo(keys.get(2));
        assertThat(outcomes).hasSize(5).allMatch(Outcome.Accepted.class::isInstance);
    }

    @Test
    void onlyWhatAReceiverKnowsAgainIsRepeated() {
        assertThat(classOf("person")).isEqualTo(IdempotencyClass.B);
        assertThat(classOf("plain_person")).isEqualTo(IdempotencyClass.E);
    }

    /** What its page shows to whoever wants other messages. */
    @Test
    void theBodyOnItsPageIsSent() throws IOException {
        String page = Files.readString(Path.of("connectors/webhook/README.md"));
        String request = page.substring(page.indexOf("    request:\n"), page.indexOf("\n\n`caravan validate`"));
        DeclaredDestination other = Bed.sample("""
            objects:
              - names: [person]
                fields: []
                open: other
                operations:
                  upsert:
                    class: A
                    answers: {join: single}
            """ + request.indent(4));
        Write row = Bed.row(
                0,
                "7",
                null,
                Map.of("name", new Value.Text("Ada \"A\""), "score", new Value.Decimal(new BigDecimal("1.5"))));
        TargetSchema schema = new TargetSchema("person", List.of(), Optional.of(TargetField.Kind.OTHER));
        Drive drive = Drive.script(Drive.answer(200, ""));
        drive.run(other.deliver(new Batch(Action.UPSERT, false, "person", "id", schema, List.of(row))));
        assertThat(drive.calls()).containsExactly("PUT /people/7");
        assertThat(drive.bodies().getFirst()).contains("\"text\":\"Ada \\\"A\\\" has scored 1.5\"", "\"score\":1.5");
    }

    private IdempotencyClass classOf(String object) {
        return WEBHOOK.idempotency(batch(operation(Action.APPEND, object), List.of()));
    }
}
