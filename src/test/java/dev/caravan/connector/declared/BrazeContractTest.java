package dev.caravan.connector.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Braze keeps the contract of destinations. */
class BrazeContractTest extends DestinationContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DeclaredDestination BRAZE = Bed.own("braze", Map.of("api_key", CANARY));

    @Override
    protected Destination destination() {
        return BRAZE;
    }

    @Override
    protected List<Operation> operations() {
        return List.of(
                user(Action.UPSERT, "users", "external_id", true),
                user(Action.UPDATE, "users", "external_id", true),
                user(Action.DELETE, "users", "external_id", false),
                user(Action.UPSERT, "users_by_alias_crm", "alias_name", true),
                user(Action.UPDATE, "users_by_alias_crm", "alias_name", true),
                user(Action.DELETE, "users_by_alias_crm", "alias_name", false),
                user(Action.UPSERT, "users_by_email", "email", true),
                user(Action.UPDATE, "users_by_email", "email", true),
                user(Action.DELETE, "users_by_email", "email", false),
                happening("events", "event_id", Map.of("name", "renewed")),
                happening("purchases", "purchase_id", Map.of("product_id", "A", "currency", "EUR", "price", "1.5")));
    }

    private static Operation user(Action action, String object, String key, boolean fields) {
        return new Operation(
                action,
                object,
                key,
                i -> Bed.row(i, "k" + i, null, fields ? Map.of("plan", new Value.Text("private-" + i)) : Map.of()),
                BrazeContractTest::well,
                true);
    }

    private static Operation happening(String object, String key, Map<String, String> fixed) {
        return new Operation(
                Action.APPEND,
                object,
                key,
                i -> Bed.row(i, "k" + i, null, fields(fixed, i)),
                BrazeContractTest::well,
                true);
    }

    private static Map<String, Value> fields(Map<String, String> fixed, int number) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fixed.forEach((name, text) -> fields.put(name, new Value.Text(text)));
        fields.put("external_id", new Value.Text("private-" + number));
        fields.put("time", new Value.Text("2026-11-01T10:00:00Z"));
        return fields;
    }

    private static Reply well(HttpRequest request) {
        JsonNode body = body(request);
        ObjectNode answer = JSON.createObjectNode().put("message", "success");
        switch (request.path()) {
            case "/users/delete" ->
                answer.put(
                        "deleted",
                        body.path("external_ids").size()
                                + body.path("user_aliases").size()
                                + body.path("braze_ids").size());
            case "/users/export/ids" -> found(body, answer.putArray("users"));
            default ->
                body.properties()
                        .forEach(list -> answer.put(
                                list.getKey() + "_processed", list.getValue().size()));
        }
        return Drive.answer(201, answer.toString());
    }

    private static void found(JsonNode asked, ArrayNode users) {
        asked.path("external_ids").forEach(id -> users.addObject().set("external_id", id));
        asked.path("user_aliases")
                .forEach(alias -> users.addObject().putArray("user_aliases").add(alias));
        if (asked.has("email_address")) {
            String email = asked.path("email_address").asText();
            users.addObject().put("braze_id", "b-" + email).put("email", email);
        }
    }

    private static JsonNode body(HttpRequest request) {
        try {
            return JSON.readTree(request.body().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.OTHER));
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, writes);
    }
}
