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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A collections answer: an array in the order of the records sent. It is trusted only as a whole: another count, or another
 * record's id at a place, and nobody knows what belongs to whom.
 */
final class CollectionAnswer {

    private static final int LENGTH = 15;

    private CollectionAnswer() {}

    static Map<Integer, Outcome> read(Body body, Batch batch, List<Item> items) {
        Optional<JsonNode> answer = JsonBody.read(body).filter(JsonNode::isArray);
        if (answer.isEmpty()) {
            return Item.all(items, new Outcome.Unknown("malformed"));
        }
        JsonNode results = answer.get();
        if (results.size() != items.size()) {
            return Item.all(items, new Outcome.Unknown("miscounted"));
        }
        Set<String> known = items.stream()
                .flatMap(item -> Stream.ofNullable(item.id()))
                .map(CollectionAnswer::part)
                .collect(Collectors.toSet());
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        Map<String, Integer> told = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (strange(results.get(i), batch.action(), item, known)) {
                return Item.all(items, new Outcome.Unknown("misplaced"));
            }
            Outcome outcome = one(results.get(i), batch, item);
            outcomes.put(item.index(), outcome);
            twin(told, item, outcome).ifPresent(other -> {
                outcomes.put(other, new Outcome.Unknown("same_record"));
                outcomes.put(item.index(), new Outcome.Unknown("same_record"));
            });
        }
        return outcomes;
    }

    /** Another row that became the same record: one result stands where another row's belongs. */
    private static Optional<Integer> twin(Map<String, Integer> told, Item item, Outcome outcome) {
        return outcome instanceof Outcome.Accepted yes
                ? Optional.ofNullable(yes.remoteId())
                        .map(CollectionAnswer::part)
                        .map(id -> told.putIfAbsent(id, item.index()))
                : Optional.empty();
    }

    /** Whether a result names a record that this place did not ask for: of an upsert another row's, since one may be made anew. */
    private static boolean strange(JsonNode result, Action action, Item item, Set<String> known) {
        String told = part(result.path("id").asText(""));
        if (item.id() == null || told.length() < LENGTH || told.equals(part(item.id()))) {
            return false;
        }
        return switch (action) {
            case UPDATE, DELETE -> true;
            case UPSERT -> known.contains(told);
            case INSERT, ARCHIVE, ADD, REMOVE, APPEND -> false;
        };
    }

    /** The first 15 characters are the id; three more may repeat its case. */
    private static String part(String id) {
        return id.substring(0, Math.min(LENGTH, id.length()));
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
