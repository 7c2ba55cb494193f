package dev.caravan.connector.salesforce.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.RequestVerdict;
import dev.caravan.connector.salesforce.wire.Talk;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the ids of records by the batch's key field, for updates and deletions whose ids nobody remembers. It only reads, so
 * whatever fails here leaves the rows untouched.
 */
public final class IdLookup {

    private static final int MOST_PAGES = 50;

    private final Api api;
    private final Batch batch;
    private final KeyMatch match;

    /** Looks up records of this batch. */
    public IdLookup(Api api, Batch batch) {
        this.api = api;
        this.batch = batch;
        this.match = KeyMatch.of(batch);
    }

    /**
     * What came of it.
     *
     * @param items those with an id, ready to be sent
     * @param settled outcomes of the others, by place
     */
    public record Found(List<Item> items, Map<Integer, Outcome> settled) {}

    /** Finds ids for the items that have none; the others pass through. */
    public Conversation<Found> find(List<Item> items) {
        List<Item> known = items.stream().filter(item -> item.id() != null).toList();
        List<Item> unknown = items.stream().filter(item -> item.id() == null).toList();
        return chunks(KeyChunks.of(unknown, this::literal), 0, new Found(known, Map.of()));
    }

    private Conversation<Found> chunks(List<List<Item>> chunks, int next, Found sofar) {
        if (next == chunks.size()) {
            return new Conversation.Done<>(sofar);
        }
        return Talk.then(chunk(chunks.get(next)), found -> {
            List<Item> items = new ArrayList<>(sofar.items());
            items.addAll(found.items());
            return chunks(chunks, next + 1, new Found(items, Item.merge(sofar.settled(), found.settled())));
        });
    }

    private String literal(Item item) {
        return Soql.literal(match.kind(), item.write().targetKey());
    }

    private Conversation<Found> chunk(List<Item> items) {
        List<String> literals = items.stream().map(this::literal).toList();
        String soql = Soql.idsByKey(batch.object(), batch.keyField(), literals);
        return new Conversation.Send<>(api.query(soql), reply -> page(items, new HashMap<>(), 1, reply));
    }

    private Conversation<Found> page(List<Item> items, Map<String, Set<String>> ids, int pages, Reply reply) {
        Optional<JsonNode> answer =
                reply instanceof HttpAnswer a && a.ok() ? JsonBody.read(a.body()) : Optional.empty();
        JsonNode records = answer.map(a -> a.path("records")).orElse(null);
        if (answer.isEmpty() || records == null || !records.isArray()) {
            return failed(items, RequestVerdict.untouched(reply, "lookup"));
        }
        for (JsonNode record : records) {
            String id = record.path("Id").asText("");
            if (!Api.isId(id)) {
                return failed(items, new Outcome.Deferred("lookup", Optional.empty()));
            }
            ids.computeIfAbsent(match.of(record.path(batch.keyField())), key -> new HashSet<>())
                    .add(id);
        }
        if (answer.get().path("done").asBoolean(false)) {
            return new Conversation.Done<>(joined(items, ids));
        }
        return api.more(answer.get().path("nextRecordsUrl").asText(""))
                .filter(next -> pages < MOST_PAGES)
                .<Conversation<Found>>map(
                        next -> new Conversation.Send<>(next, more -> page(items, ids, pages + 1, more)))
                .orElseGet(() -> failed(items, new Outcome.Deferred("lookup", Optional.empty())));
    }

    private static Conversation<Found> failed(List<Item> items, Outcome outcome) {
        return new Conversation.Done<>(new Found(List.of(), Item.all(items, outcome)));
    }

    private Found joined(List<Item> items, Map<String, Set<String>> ids) {
        List<Item> ready = new ArrayList<>();
        Map<Integer, Outcome> settled = new HashMap<>();
        for (Item item : items) {
            Set<String> found = ids.getOrDefault(match.of(item.write().targetKey()), Set.of());
            switch (found.size()) {
                case 0 -> settled.put(item.index(), missing(item));
                case 1 ->
                    ready.add(new Item(
                            item.index(), item.write(), found.iterator().next()));
                default -> settled.put(item.index(), several(found.size()));
            }
        }
        return new Found(ready, settled);
    }

    private Outcome missing(Item item) {
        return batch.action() == Action.DELETE || item.write().kind() == Kind.REMOVE
                ? new Outcome.Unchanged(null)
                : new Outcome.Rejected("NOT_FOUND", batch.keyField(), "no record has this key", ErrorClass.DATA);
    }

    private Outcome several(int count) {
        return new Outcome.Rejected(
                "MULTIPLE_MATCHES", batch.keyField(), count + " records have this key", ErrorClass.CONFLICT);
    }
}
