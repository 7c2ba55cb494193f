package dev.caravan.connector.declared;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Google's Data Manager keeps the contract of destinations. */
class GoogleDataManagerContractTest extends DestinationContract {

    private static final DeclaredDestination GOOGLE = Bed.own(
            "google_data_manager",
            Map.of(
                    "client_secret",
                    CANARY,
                    "refresh_token",
                    CANARY,
                    "account_id",
                    "4200001",
                    "customer_match_terms",
                    "ACCEPTED"));

    @Override
    protected Destination destination() {
        return GOOGLE;
    }

    @Override
    protected List<Operation> operations() {
        return List.of(
                operation(Action.ADD, "audience_77", "email", Map.of("postal_code", "private-code")),
                operation(Action.REMOVE, "audience_77", "email", Map.of()),
                operation(
                        Action.APPEND,
                        "events_5",
                        "transaction_id",
                        Map.of("event_timestamp", "2026-11-01T10:00:00Z", "gclid", "private-click")));
    }

    private static Operation operation(Action action, String object, String key, Map<String, String> fields) {
        Map<String, Value> values = new LinkedHashMap<>();
        fields.forEach((name, text) -> values.put(name, new Value.Text(text)));
        return new Operation(
                action, object, key, i -> Bed.row(i, "k" + i, null, values), GoogleDataManagerContractTest::well, true);
    }

    /** A request is called by what it was for and how many rows it had. */
    private static Reply well(HttpRequest request) {
        if (request.method() == Method.POST) {
            JsonNode body = body(request);
            int rows = body.path("audienceMembers").size() + body.path("events").size();
            String what = request.path().replaceAll("^/v1/([A-Za-z]+):([a-z]+)$", "$1-$2");
            return Drive.answer(200, "{\"requestId\":\"%s-%d\"}".formatted(what, rows));
        }
        ObjectNode answer = Recorded.JSON.createObjectNode();
        ObjectNode status =
                answer.putArray("requestStatusPerDestination").addObject().put("requestStatus", "SUCCESS");
        String rows = request.path().replaceAll(".*-|[^0-9]", "");
        if (request.path().contains("events-ingest")) {
            status.putObject("eventsIngestionStatus").put("recordCount", rows);
        } else if (request.path().contains("audienceMembers-remove")) {
            status.putObject("audienceMembersRemovalStatus")
                    .putObject("userDataRemovalStatus")
                    .put("recordCount", rows);
        } else {
            status.putObject("audienceMembersIngestionStatus")
                    .putObject("userDataIngestionStatus")
                    .put("recordCount", rows);
        }
        return Drive.answer(200, answer.toString());
    }

    private static JsonNode body(HttpRequest request) {
        try {
            return Recorded.JSON.readTree(request.body().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected List<Function<Request, Reply>> failures(Case operation) {
        return Stream.of("FAILED", "PARTIAL_SUCCESS")
                .<Function<Request, Reply>>map(state -> request -> HttpRequest.of(request)
                                        .method()
                                == Method.POST
                        ? well(HttpRequest.of(request))
                        : Drive.answer(
                                200, "{\"requestStatusPerDestination\":[{\"requestStatus\":\"%s\"}]}".formatted(state)))
                .toList();
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, writes);
    }
}
