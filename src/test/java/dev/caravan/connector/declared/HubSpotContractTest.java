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
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
        List<Operation> operations = new ArrayList<>();
        records("contacts", "email", operations);
        for (String object : List.of("companies", "deals", "tickets", "2-4200001", "p_car", "p4200001_car")) {
            records(object, "number", operations);
        }
        for (Action action : List.of(Action.ADD, Action.REMOVE)) {
            operations.add(pair(action, "associations/contacts/companies"));
            operations.add(pair(action, "associations/contacts/companies/user_defined/37"));
            operations.add(member(action, "list_7"));
            operations.add(member(action, "list_7/0-2"));
        }
        return operations;
    }

    private static void records(String object, String key, List<Operation> operations) {
        for (Action action : List.of(Action.UPSERT, Action.UPDATE, Action.INSERT)) {
            operations.add(record(action, object, key, true));
        }
        operations.add(record(Action.ARCHIVE, object, key, false));
        operations.add(record(Action.DELETE, object, key, false));
    }

    private static Operation record(Action action, String object, String key, boolean tells) {
        return new Operation(
                action,
                object,
                key,
                i -> Bed.row(
                        i,
                        "k" + i + "@x.example",
                        Integer.toString(1000 + i),
                        tells ? Map.of("firstname", new Value.Text("private-" + i)) : Map.of()),
                HubSpotContractTest::records,
                tells);
    }

    /** All of one company, whose id is thus nobody's own. */
    private static Operation pair(Action action, String object) {
        return new Operation(
                action,
                object,
                "from_id+to_id",
                i -> new Write(
                        i,
                        Kind.CHANGE,
                        new Value.Tuple(List.of(new Value.Text(Integer.toString(1000 + i)), new Value.Text("7"))),
                        null,
                        Map.of()),
                HubSpotContractTest::pairs,
                action == Action.ADD);
    }

    private static Operation member(Action action, String list) {
        return new Operation(
                action,
                list,
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
                    .put("id", named(request, input) ? input.path("id").asText() : "9" + results.size())
                    .put("new", true)
                    .set("objectWriteTraceId", input.path("objectWriteTraceId"));
        }
        return Drive.answer(200, answer.toString());
    }

    /** Whether the request names its record by the record's own id. */
    private static boolean named(HttpRequest request, JsonNode input) {
        return request.path().endsWith("/batch/update") && !input.has("idProperty");
    }

    private static Reply members(HttpRequest request) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set(request.path().endsWith("add") ? "recordsIdsAdded" : "recordIdsRemoved", body(request));
        answer.putArray("recordIdsMissing");
        return Drive.answer(200, answer.toString());
    }

    /** Of pairs without a label in the one form, of those with one in the other. */
    private static Reply pairs(HttpRequest request) {
        if (request.path().endsWith("archive")) {
            return Drive.answer(204, "");
        }
        boolean plain = request.path().endsWith("default");
        ObjectNode answer = JSON.createObjectNode().put("status", "COMPLETE");
        ArrayNode results = answer.putArray("results");
        for (JsonNode input : body(request).path("inputs")) {
            ObjectNode result = results.insertObject(0);
            for (String end : List.of("from", "to")) {
                if (plain) {
                    result.set(end, input.path(end));
                } else {
                    result.set(end + "ObjectId", input.path(end).path("id"));
                }
            }
        }
        return Drive.answer(plain ? 200 : 201, answer.toString());
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
        TargetKey key = new TargetKey(List.of(operation.keyField().split("\\+", -1)));
        return new Batch(operation.action(), false, operation.object(), key, schema, writes);
    }
}
