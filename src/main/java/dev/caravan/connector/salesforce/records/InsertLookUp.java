package dev.caravan.connector.salesforce.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.Talk;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Asks what became of inserts whose answers were lost: by their keys, among deleted records too. It only reads. That nothing is there
 * counts only for a user who may see every record of the object; what was made for him could be hidden from him by now.
 */
public final class InsertLookUp {

    /** Nothing could be read that would tell. */
    public static final Trace NOT_TOLD = new Trace.Unsure("look_up");

    private static final Trace BLIND = new Trace.Unsure("look_up_blind");
    private static final int MOST_PAGES = 5;

    /** Characters of a query as it stands in the path; Salesforce takes paths of 16 KB. */
    private static final int LONGEST = 15_000;

    private final Api api;
    private final Batch batch;
    private final KeyMatch match;
    private final Optional<TargetField> keyField;
    private final Evidence evidence;
    private final String user;
    private final List<TargetField> fields;

    /**
     * Asks this.
     *
     * @param user the id of the user who asks, 18 characters
     */
    public InsertLookUp(Api api, Trace.Question question, String user) {
        this.api = api;
        this.batch = question.batch();
        this.match = KeyMatch.of(batch);
        this.keyField = batch.schema().field(batch.keyField());
        this.user = user;
        this.fields = compared(batch);
        this.evidence = new Evidence(user, fields, question.begun());
    }

    /** The described fields that were sent, but for those that lead to other records, which a query answers otherwise than they were sent. */
    private static List<TargetField> compared(Batch batch) {
        TreeSet<String> sent = new TreeSet<>();
        batch.writes().forEach(write -> sent.addAll(write.fields().keySet()));
        sent.remove(batch.keyField());
        return sent.stream()
                .filter(name -> batch.schema().reference(name).isEmpty())
                .flatMap(name -> batch.schema().field(name).stream())
                .filter(FieldMatch::comparable)
                .toList();
    }

    /** Ends with one trace a write, in their order. */
    public Conversation<List<Trace>> ask() {
        List<Item> items = new ArrayList<>();
        for (Write write : batch.writes()) {
            items.add(new Item(items.size(), write, write.remoteId()));
        }
        List<Item> findable = items.stream()
                .filter(item -> StoredKey.findable(keyField, item.write().targetKey()))
                .toList();
        return Talk.then(
                chunks(KeyChunks.of(findable, this::literal), 0, Map.of()),
                traces -> traces.containsValue(new Trace.Absent())
                        ? sight(items, traces)
                        : new Conversation.Done<>(inOrder(items, traces)));
    }

    private Conversation<Map<Integer, Trace>> chunks(List<List<Item>> chunks, int next, Map<Integer, Trace> sofar) {
        if (next == chunks.size()) {
            return new Conversation.Done<>(sofar);
        }
        return Talk.then(chunk(chunks.get(next)), found -> {
            Map<Integer, Trace> all = new HashMap<>(sofar);
            all.putAll(found);
            return chunks(chunks, next + 1, all);
        });
    }

    private String literal(Item item) {
        return Soql.literal(match.kind(), StoredKey.of(item.write().targetKey()));
    }

    private Conversation<Map<Integer, Trace>> chunk(List<Item> items) {
        List<String> names = fields.stream().map(TargetField::name).toList();
        List<String> literals = items.stream().map(this::literal).toList();
        String soql = Soql.recordsByKey(batch.object(), batch.keyField(), names, literals);
        return Api.lengthInPath(soql) > LONGEST
                ? new Conversation.Done<>(all(items, NOT_TOLD))
                : new Conversation.Send<>(api.queryAll(soql), reply -> page(items, new ArrayList<>(), 1, reply));
    }

    private Conversation<Map<Integer, Trace>> page(List<Item> items, List<JsonNode> records, int pages, Reply reply) {
        Optional<JsonNode> answer = answer(reply);
        if (answer.isEmpty()) {
            return new Conversation.Done<>(all(items, NOT_TOLD));
        }
        answer.get().path("records").forEach(records::add);
        if (answer.get().path("done").booleanValue()) {
            boolean whole = answer.get().path("totalSize").asInt(-1) == records.size();
            return new Conversation.Done<>(whole ? told(items, records) : all(items, NOT_TOLD));
        }
        return api.more(answer.get().path("nextRecordsUrl").asText(""))
                .filter(next -> pages < MOST_PAGES)
                .<Conversation<Map<Integer, Trace>>>map(
                        next -> new Conversation.Send<>(next, more -> page(items, records, pages + 1, more)))
                .orElseGet(() -> new Conversation.Done<>(all(items, NOT_TOLD)));
    }

    /** A query's answer, if it is one. */
    private static Optional<JsonNode> answer(Reply reply) {
        return reply instanceof HttpAnswer answer && answer.ok()
                ? JsonBody.read(answer.body())
                        .filter(body -> body.path("records").isArray())
                : Optional.empty();
    }

    /** What the records say, if all of them can be read and belong to a key that was asked for. */
    private Map<Integer, Trace> told(List<Item> items, List<JsonNode> records) {
        Map<String, List<Item>> asked = new HashMap<>();
        items.forEach(item -> asked.computeIfAbsent(match.of(item.write().targetKey()), key -> new ArrayList<>())
                .add(item));
        Map<String, List<JsonNode>> found = new HashMap<>();
        for (JsonNode record : records) {
            String key = match.of(record.path(batch.keyField()));
            if (!asked.containsKey(key) || !Evidence.readable(record)) {
                return all(items, NOT_TOLD);
            }
            found.computeIfAbsent(key, any -> new ArrayList<>()).add(record);
        }
        Map<Integer, Trace> traces = new HashMap<>();
        asked.forEach((key, same) -> same.forEach(item ->
                traces.put(item.index(), evidence.of(item, same.size(), found.getOrDefault(key, List.of())))));
        return traces;
    }

    /** Whether who saw nothing could have seen it. */
    private Conversation<List<Trace>> sight(List<Item> items, Map<Integer, Trace> traces) {
        return new Conversation.Send<>(api.query(Soql.seesAll(batch.object(), user)), reply -> {
            Optional<JsonNode> answer = answer(reply);
            boolean sees =
                    answer.filter(body -> !body.path("records").isEmpty()).isPresent();
            Trace instead = answer.isEmpty() ? NOT_TOLD : BLIND;
            Map<Integer, Trace> certain = new HashMap<>(traces);
            certain.replaceAll((place, trace) -> trace instanceof Trace.Absent && !sees ? instead : trace);
            return new Conversation.Done<>(inOrder(items, certain));
        });
    }

    private static Map<Integer, Trace> all(List<Item> items, Trace trace) {
        Map<Integer, Trace> traces = new HashMap<>();
        items.forEach(item -> traces.put(item.index(), trace));
        return traces;
    }

    private static List<Trace> inOrder(List<Item> items, Map<Integer, Trace> traces) {
        return items.stream()
                .map(item -> traces.getOrDefault(item.index(), NOT_TOLD))
                .toList();
    }
}
