package dev.caravan.sandbox.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records by id in the order of creation, and found by the values of some fields. Used under its vendor's one lock. */
public final class Table {

    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Map<String, Map<String, Set<String>>> index = new HashMap<>();

    /** A table that finds records by these fields. */
    public Table(String... keys) {
        for (String key : keys) {
            index.put(key, new HashMap<>());
        }
    }

    public Optional<ObjectNode> get(String id) {
        return Optional.ofNullable(rows.get(id)).map(ObjectNode::deepCopy);
    }

    /** Ids of the records with this value in a key, whatever its case, oldest first. */
    public List<String> find(String key, String value) {
        return new ArrayList<>(index.getOrDefault(key, Map.of()).getOrDefault(normal(value), Set.of()));
    }

    /** Stores the record in place of what has that id. */
    public void put(String id, ObjectNode row) {
        Optional.ofNullable(rows.get(id)).ifPresent(old -> unindex(id, old));
        ObjectNode kept = row.deepCopy();
        rows.put(id, kept);
        index.forEach((key, byValue) -> value(kept, key)
                .ifPresent(value -> byValue.computeIfAbsent(value, it -> new LinkedHashSet<>())
                        .add(id)));
    }

    public boolean remove(String id) {
        ObjectNode old = rows.remove(id);
        if (old != null) {
            unindex(id, old);
        }
        return old != null;
    }

    public boolean has(String id) {
        return rows.containsKey(id);
    }

    public int size() {
        return rows.size();
    }

    /** All of them; copies, that may be kept. */
    public List<ObjectNode> all() {
        return rows.values().stream().map(ObjectNode::deepCopy).toList();
    }

    public void clear() {
        rows.clear();
        index.values().forEach(Map::clear);
    }

    private void unindex(String id, ObjectNode old) {
        index.forEach((key, byValue) -> value(old, key)
                .ifPresent(value ->
                        byValue.getOrDefault(value, new LinkedHashSet<>()).remove(id)));
    }

    private static Optional<String> value(ObjectNode row, String key) {
        JsonNode value = row.path(key);
        return value.isValueNode() && !value.isNull() ? Optional.of(normal(value.asText())) : Optional.empty();
    }

    private static String normal(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }
}
