package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.DestinationContract;
import dev.caravan.destination.kit.Drive;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Salesforce's collections keep the contract of destinations; its jobs have tests of their own. */
class SalesforceContractTest extends DestinationContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected Destination destination() {
        return Sample.SALESFORCE;
    }

    @Override
    protected boolean cuts() {
        return false;
    }

    @Override
    protected List<Operation> operations() {
        return List.of(
                operation(Action.UPSERT, "Lead", "LastName"),
                operation(Action.UPDATE, "Lead", "LastName"),
                operation(Action.INSERT, "Lead", "LastName"),
                operation(Action.DELETE, "Lead", "LastName"),
                operation(Action.UPSERT, "Task", "Account__r.Ext__c"),
                operation(Action.UPDATE, "Task", "Lead:Who.Email"),
                operation(Action.INSERT, "Task", "Account__r.Ext__c"),
                operation(Action.DELETE, "Task", "Subject"));
    }

    private static Operation operation(Action action, String object, String field) {
        return new Operation(
                action,
                object,
                "Lead_Id__c",
                i -> Sample.write(
                        i,
                        "k" + i,
                        Sample.id(i),
                        action == Action.DELETE ? Map.of() : Map.of(field, new Value.Text("private-" + i))),
                SalesforceContractTest::well,
                true);
    }

    private static Reply well(HttpRequest request) {
        ArrayNode results = JSON.createArrayNode();
        int rows = request.path().contains("ids=")
                ? request.path().split("ids=", -1)[1].split("&", -1)[0].split("(,|%2C)", -1).length
                : body(request).path("records").size();
        for (int i = 0; i < rows; i++) {
            String told = body(request)
                    .path("records")
                    .path(i)
                    .path("id")
                    .asText(
                            request.path().contains("ids=")
                                    ? request.path()
                                            .split("ids=", -1)[1]
                                            .split("&", -1)[0]
                                            .split("(,|%2C)", -1)[i]
                                    : Sample.id(500 + i));
            results.addObject().put("id", told).put("success", true).putArray("errors");
        }
        return Drive.answer(200, results.toString());
    }

    /** Of a record that is updated by its id. */
    @Override
    protected Reply gone(Case operation, Request request) {
        HttpRequest asked = HttpRequest.of(request);
        return body(asked).at("/records/0/id").isMissingNode()
                ? well(asked)
                : Drive.answer(
                        200,
                        "[{\"success\":false,\"errors\":[{\"statusCode\":\"ENTITY_IS_DELETED\",\"message\":\"gone\"}]}]");
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
        return operation.object().equals("Task")
                ? Sample.tasks(operation.action(), false, writes)
                : Sample.batch(operation.action(), false, writes);
    }
}
