package dev.caravan.connector.declared;

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

    private static Reply well(HttpRequest request) {
        return Drive.answer(
                200,
                request.method() == Method.POST
                        ? "{\"requestId\":\"r-1\"}"
                        : "{\"requestStatusPerDestination\":[{\"requestStatus\":\"SUCCESS\"}]}");
    }

    /** All that it ever says is how it went with a request. */
    @Override
    protected boolean tellsOfEach(Case operation) {
        return false;
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
