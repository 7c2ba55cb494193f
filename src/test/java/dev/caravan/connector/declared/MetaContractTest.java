package dev.caravan.connector.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.DestinationContract;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Meta keeps the contract of destinations. */
class MetaContractTest extends DestinationContract {

    private static final DeclaredDestination META =
            Bed.own("meta", Map.of("access_token", CANARY, "account", "act_4200001"));

    @Override
    protected Destination destination() {
        return META;
    }

    @Override
    protected List<Operation> operations() {
        return List.of(
                member(Action.ADD, "audience_7"),
                member(Action.REMOVE, "audience_7"),
                event("events_8"),
                event("offline_events_8"));
    }

    private static Operation member(Action action, String object) {
        Map<String, Value> fields = action == Action.ADD ? Map.of("LN", new Value.Text("0d".repeat(32))) : Map.of();
        return new Operation(
                action, object, "EXTERN_ID", i -> Bed.row(i, "C-" + i, null, fields), MetaContractTest::members, true);
    }

    /** The name of an event is not among what is made strange: whatever Meta makes of it is of no row's answer. */
    private static Operation event(String object) {
        return new Operation(
                Action.APPEND,
                object,
                "event_id",
                i -> Bed.row(i, "E-" + i, null, Map.of("note", new Value.Text("private-" + i))),
                MetaContractTest::events,
                true);
    }

    /** A device's id is none that looks like a hash. */
    @Override
    protected String knownBy(String field, int number) {
        return field.equals("MADID") ? "7a310000-0000-4000-8000-000000000001" : super.knownBy(field, number);
    }

    private static Reply members(HttpRequest request) {
        int rows = body(request).at("/payload/data").size();
        return Drive.answer(
                200,
                "{\"audience_id\":\"7\",\"num_received\":%d,\"num_invalid_entries\":0,\"invalid_entry_samples\":{}}"
                        .formatted(rows));
    }

    private static Reply events(HttpRequest request) {
        return Drive.answer(
                200,
                "{\"events_received\":%d,\"messages\":[]}"
                        .formatted(body(request).path("data").size()));
    }

    private static JsonNode body(HttpRequest request) {
        String text = request.body().text();
        try {
            return Recorded.JSON.readTree(
                    text.startsWith("payload=")
                            ? "{\"payload\":" + URLDecoder.decode(text.substring(8), StandardCharsets.UTF_8) + "}"
                            : text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With what every event must have. */
    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.OTHER));
        List<Write> all = operation.action() == Action.APPEND
                ? writes.stream().map(MetaContractTest::event).toList()
                : writes;
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, all);
    }

    private static Write event(Write write) {
        Map<String, Value> fields = new LinkedHashMap<>(write.fields());
        fields.put("event_name", new Value.Text("Purchase"));
        fields.put("event_time", new Value.Text("2026-11-20T10:00:00Z"));
        fields.put("action_source", new Value.Text("website"));
        return new Write(write.ordinal(), write.kind(), write.targetKey(), write.remoteId(), fields);
    }
}
