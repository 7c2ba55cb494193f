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
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Marketo keeps the contract of destinations. */
class MarketoContractTest extends DestinationContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DeclaredDestination MARKETO = Bed.own(
            "marketo",
            Map.of("api_base", "https://123-ABC-456.mktorest.com", "client_id", "c", "client_secret", CANARY));

    @Override
    protected Destination destination() {
        return MARKETO;
    }

    @Override
    protected List<Operation> operations() {
        List<Operation> operations = new ArrayList<>(List.of(
                record(Action.UPSERT, "leads_bulk", "email"),
                record(Action.UPSERT, "car_c", "vin"),
                record(Action.UPDATE, "car_c", "vin"),
                record(Action.INSERT, "car_c", "vin"),
                record(Action.DELETE, "car_c", "vin"),
                pair(Action.UPSERT),
                pair(Action.UPDATE),
                pair(Action.INSERT),
                pair(Action.DELETE),
                activity(),
                member(Action.ADD),
                member(Action.REMOVE)));
        records("leads", "email", operations);
        records("companies", "externalCompanyId", operations);
        records("opportunities", "externalOpportunityId", operations);
        records("salespersons", "externalSalesPersonId", operations);
        return operations;
    }

    private static void records(String object, String key, List<Operation> operations) {
        for (Action action : List.of(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE)) {
            operations.add(record(action, object, key));
        }
    }

    private static Operation record(Action action, String object, String key) {
        return new Operation(
                action,
                object,
                key,
                i -> Bed.row(
                        i,
                        "k" + i + "@x.example",
                        action == Action.DELETE ? Integer.toString(1000 + i) : null,
                        action == Action.DELETE ? Map.of() : Map.of("firstName", new Value.Text("private-" + i))),
                request -> well(action, request),
                true);
    }

    /** All of one account, of whom thus neither part is known by itself. */
    private static Operation pair(Action action) {
        return new Operation(
                action,
                "subscription_c",
                "account+product",
                i -> new Write(
                        i,
                        Kind.CHANGE,
                        new Value.Tuple(List.of(new Value.Text("A"), new Value.Text("k" + i + "@x.example"))),
                        null,
                        action == Action.DELETE ? Map.of() : Map.of("plan", new Value.Text("private-" + i))),
                request -> well(action, request),
                true);
    }

    private static Operation member(Action action) {
        return new Operation(
                action,
                "list_7",
                "id",
                i -> Bed.row(i, Integer.toString(1000 + i), null, Map.of()),
                request -> well(action, request),
                true);
    }

    private static Operation activity() {
        return new Operation(
                Action.APPEND,
                "activity_100001",
                "activity_id",
                i -> Bed.row(
                        i,
                        "a" + i,
                        null,
                        Map.of(
                                "leadId", new Value.Int(1000 + i),
                                "activityDate", new Value.Text("2026-11-01T10:00:00Z"),
                                "primaryAttributeValue", new Value.Text("private-" + i))),
                request -> well(Action.APPEND, request),
                true);
    }

    private static Reply well(Action action, HttpRequest request) {
        if (request.path().startsWith("/bulk/")) {
            return bulk(request);
        }
        ObjectNode answer = JSON.createObjectNode().put("success", true);
        ArrayNode results = answer.putArray("result");
        String status = switch (action) {
            case DELETE -> "deleted";
            case UPDATE -> "updated";
            case ADD, APPEND -> "added";
            case REMOVE -> "removed";
            case UPSERT, INSERT, ARCHIVE -> "created";
        };
        int rows = action == Action.REMOVE
                ? request.path().split("id=", -1).length - 1
                : body(request).path("input").size();
        for (int i = 0; i < rows; i++) {
            JsonNode sent = body(request).path("input").path(i);
            results.addObject()
                    .put("seq", i)
                    .put("id", sent.path("id").asInt(1000 + i))
                    .put("marketoGUID", "g" + i)
                    .put("status", status);
        }
        return Drive.answer(200, answer.toString());
    }

    /** The batch is called by how many rows it has. */
    private static Reply bulk(HttpRequest request) {
        String path = request.path();
        if (path.contains("failures") || path.contains("warnings")) {
            return Drive.answer(200, "");
        }
        ObjectNode answer = JSON.createObjectNode().put("success", true);
        int rows = path.contains("/batch/")
                ? Integer.parseInt("0" + path.replaceAll(".*/batch/([0-9]{1,6})\\.json|.*", "$1"))
                : request.body().text().split("@x\\.example", -1).length - 1;
        answer.putArray("result")
                .addObject()
                .put("batchId", rows)
                .put("numOfLeadsProcessed", rows)
                .put("status", path.contains("/batch/") ? "Complete" : "Queued")
                .put("numOfRowsFailed", 0)
                .put("numOfRowsWithWarning", 0);
        return Drive.answer(200, answer.toString());
    }

    @Override
    protected Reply description(String object) {
        boolean two = object.equals("subscription_c");
        return Drive.answer(200, """
                {"success": true, "result": [{
                  "dedupeFields": %s,
                  "fields": [{"name": "vin"}, {"name": "account"}, {"name": "product"}, {"name": "further"}]}]}
                """.formatted(two ? "[\"account\", \"product\"]" : "[\"vin\"]"));
    }

    @Override
    protected Reply gone(Case operation, Request request) {
        HttpRequest asked = HttpRequest.of(request);
        return body(asked).path("lookupField").asText().equals("id")
                ? Drive.answer(200, """
                    {"success": true, "result": [
                      {"status": "skipped", "reasons": [{"code": "1004", "message": "Lead not found"}]}]}\
                    """)
                : well(operation.action(), asked);
    }

    @Override
    protected List<Function<Request, Reply>> failures(Case operation) {
        return List.of(request -> HttpRequest.of(request).path().matches(".*/batch/[0-9]+\\.json")
                ? Drive.answer(200, """
                    {"success": true, "result": [{"batchId": 3, "status": "Failed", "message": "no"}]}\
                    """)
                : operation.well().apply(request));
    }

    private static JsonNode body(HttpRequest request) {
        try {
            return request.body().length() == 0
                    ? JSON.createObjectNode()
                    : JSON.readTree(request.body().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.OTHER));
        return new Batch(
                operation.action(),
                operation.object().equals("leads_bulk"),
                operation.object(),
                new TargetKey(List.of(operation.keyField().split("\\+"))),
                schema,
                writes);
    }
}
