package dev.caravan.connector.declared.render;

import dev.caravan.connector.declared.spec.Nulls;
import dev.caravan.connector.declared.template.RowData;
import dev.caravan.mapping.KindValue;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes as templates see them: each value as its field's kind has it, each null as the operation wants it. For one thread. */
final class Rows {

    private final Errand errand;
    private final Nulls nulls;
    private final Map<String, Kind> kinds = new HashMap<>();

    Rows(Errand errand, Nulls nulls) {
        this.errand = errand;
        this.nulls = nulls;
    }

    /** The field whose null cannot be sent. */
    Optional<String> refused(Item item) {
        return nulls instanceof Nulls.Refuse
                ? item.write().fields().entrySet().stream()
                        .filter(field -> field.getValue().isNull())
                        .map(Map.Entry::getKey)
                        .findFirst()
                : Optional.empty();
    }

    /** The items of one request. */
    List<RowData> of(List<Item> items) {
        List<RowData> rows = new ArrayList<>(items.size());
        for (Item item : items) {
            rows.add(row(rows.size(), item));
        }
        return rows;
    }

    private RowData row(int place, Item item) {
        Map<String, Value> written = item.write().fields();
        Map<String, Value> fields = LinkedHashMap.newLinkedHashMap(written.size());
        written.forEach((name, value) -> put(fields, name, value));
        Map<String, Value> parts = new LinkedHashMap<>();
        TargetKey keyFields = errand.batch().key();
        keyFields.values(item.write().targetKey()).forEach((field, value) -> parts.put(field, typed(field, value)));
        Value key = keyFields.of(parts);
        return new RowData(place, key, item.id(), item.trace(), item.write().dedupeKey(), fields, item.found());
    }

    private void put(Map<String, Value> fields, String name, Value value) {
        if (!value.isNull()) {
            fields.put(name, typed(name, value));
            return;
        }
        switch (nulls) {
            case Nulls.Omit omit -> {}
            case Nulls.JsonNull json -> fields.put(name, value);
            case Nulls.EmptyText empty -> fields.put(name, new Value.Text(""));
            case Nulls.Token token -> fields.put(name, new Value.Text(token.text()));
            case Nulls.Refuse refuse -> {}
        }
    }

    private Value typed(String field, Value value) {
        Kind kind = kinds.computeIfAbsent(field, errand::kind);
        return switch (kind) {
            case TEXT, EMAIL, ENUM, REFERENCE ->
                value instanceof Value.Text || value instanceof Value.Json ? value : new Value.Text(value.text());
            case BOOLEAN, INTEGER, NUMBER, DATE, TIME, TIMESTAMP, INSTANT, JSON, BINARY, OTHER ->
                KindValue.as(kind, value);
        };
    }

    /** The names of all fields that any of them sends, in first-seen order. */
    static List<String> names(List<RowData> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.fields().keySet()));
        return List.copyOf(names);
    }
}
