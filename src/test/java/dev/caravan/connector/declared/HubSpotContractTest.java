package dev.caravan.connector.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import dev.caravan.transport.Request;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** HubSpot keeps the contract of destinations. */
class HubSpotContractTest extends DestinationContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DeclaredDestination HUBSPOT = Bed.own("hubspot", Map.of("access_token", CANARY));

    @Override
    protected Destination destination() {
        return HUBSPOT;
    }

    @Override
    protected List<Operation> operations() {
        return List.of(
                record(Action.UPSERT, true),
                record(Action.UPDATE, true),
                record(Action.INSERT, true),
                record(Action.ARCHIVE, false),
                record(Action.DELETE, false),
                member(Action.ADD),
                member(Action.REMOVE));
    }

    private static Operation record(Action action, boolean tells) {
        return new Operation(
                action,
                "contacts",
                "email",
                i -> Bed.row(
                        i,
                        "k" + i + "@x.example",
                        Integer.toString(1000 + i),
                        tells ? Map.of("firstname", new Value.Text("private-" + i)) : Map.of()),
                HubSpotContractTest::records,
                tells);
    }

    private static Operation member(Action action) {
        return new Operation(
                action,
                "list_7",
                "hs_object_id",
                i -> Bed.row(i, Integer.toString(1000 + i), null, Map.of()),
                HubSpotContractTest::members,
                true);
    }

    private static Reply records(HttpRequest request) {
        if (request.path().endsWith("archive")) {
            return Drive.answer(204, "");
        }
        ObjectNode answer = JSON.createObjectNode().put("status", "COMPLETE");
        ArrayNode results = answer.putArray("results");
        for (JsonNode input : body(request).path("inputs")) {
            results.insertObject(0)
                    .put("id", "9" + results.size())
                    .put("new", true)
                    .set("objectWriteTraceId", input.path("objectWriteTraceId"));
        }
        return Drive.answer(200, answer.toString());
    }

    private static Reply members(HttpRequest request) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set(request.path().endsWith("add") ? "recordsIdsAdded" : "recordIdsRemoved", body(request));
        answer.putArray("recordIdsMissing");
        return Drive.answer(200, answer.toString());
    }

    /** Told by what was sent as the record's id. */
    @Override
    protected Reply gone(Case operation, Request request) {
        HttpRequest asked = HttpRequest.of(request);
        JsonNode input = body(asked).path("inputs").path(0);
        if (!asked.path().endsWith("/batch/update") || input.has("idProperty")) {
            return records(asked);
        }
        ObjectNode answer = JSON.createObjectNode().put("status", "COMPLETE");
        answer.putArray("results");
        ObjectNode error = answer.putArray("errors").addObject().put("category", "OBJECT_NOT_FOUND");
        error.putObject("context").putArray("ids").add(input.path("id"));
        return Drive.answer(207, answer.toString());
    }

    /** Of members and of those who are none. */
    @Override
    protected Reply silent(Case operation, Request request, Predicate<String> so) {
        HttpRequest asked = HttpRequest.of(request);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("results");
        if (asked.path().endsWith("/batch/read")) {
            for (JsonNode input : body(asked).path("inputs")) {
                boolean member = so.test(input.path("recordId").asText()) == (operation.action() == Action.ADD);
                ObjectNode record = results.addObject()
                        .put("recordId", input.path("recordId").asText());
                record.putArray("recordListMemberships").addObject().put("listId", member ? "7" : "8");
            }
        }
        return Drive.answer(200, answer.toString());
    }

    private static JsonNode body(HttpRequest request) {
        try {
            return JSON.readTree(request.body().text());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, writes);
    }
}
