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
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
