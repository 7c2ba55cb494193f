package dev.caravan.connector.salesforce.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.ApiError;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.RecordVerdict;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Body;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A collections answer: an array in the order of the records sent. It is trusted only as a whole: another count, or another
 * record's id at a place, and nobody knows what belongs to whom.
 */
final class CollectionAnswer {

    private CollectionAnswer() {}

    static Map<Integer, Outcome> read(Body body, Batch batch, List<Item> items) {
        Action action = batch.action();
        Optional<JsonNode> answer = JsonBody.read(body).filter(JsonNode::isArray);
        if (answer.isEmpty()) {
            return Item.all(items, new Outcome.Unknown("malformed"));
        }
        JsonNode results = answer.get();
        if (results.size() != items.size()) {
            return Item.all(items, new Outcome.Unknown("miscounted"));
        }
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            if (strange(results.get(i), action, items.get(i))) {
                return Item.all(items, new Outcome.Unknown("misplaced"));
            }
            outcomes.put(items.get(i).index(), one(results.get(i), batch, items.get(i)));
        }
        return outcomes;
    }

    /** Whether a result names a record that this place did not ask for. */
    private static boolean strange(JsonNode result, Action action, Item item) {
        String told = result.path("id").asText("");
        String asked = item.id();
        boolean byId = action == Action.UPDATE || action == Action.DELETE;
        return byId && asked != null && told.length() >= 15 && !sameId(told, asked);
    }

    /** The first 15 characters are the id; three more may repeat its case. */
    private static boolean sameId(String one, String other) {
        return one.regionMatches(0, other, 0, 15);
    }

    private static Outcome one(JsonNode result, Batch batch, Item item) {
        JsonNode success = result.path("success");
        JsonNode errors = result.path("errors");
        if (!success.isBoolean()) {
            return new Outcome.Unknown("malformed");
        }
        if (success.booleanValue()) {
            return errors.isEmpty() ? accepted(result, batch.action(), item) : new Outcome.Unknown("malformed");
        }
        // With allOrNone the answer may say created beside success:false; the record was rolled back.
        return ApiError.ofRecord(errors.path(0))
                .map(error -> RecordVerdict.of(error, batch, item))
                .orElseGet(() -> new Outcome.Unknown("malformed"));
    }

    private static Outcome accepted(JsonNode result, Action action, Item item) {
        String told = result.path("id").asText("");
        boolean created = switch (action) {
            case INSERT -> true;
            case UPSERT -> result.path("created").asBoolean(false);
            case UPDATE, DELETE, ARCHIVE, ADD, REMOVE, APPEND -> false;
        };
        return new Outcome.Accepted(told.isEmpty() ? item.id() : told, created);
    }
}
