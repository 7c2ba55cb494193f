package dev.caravan.sandbox.salesforce.store;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of one object in the order of their creation, deleted ones included. Used under the store's lock. */
final class Table {

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<Integer, Index> indexes = new HashMap<>();
    private int live;

    Table(SObject object) {
        object.fields().stream().filter(Field::indexed).forEach(field -> indexes.put(field.slot(), new Index(field)));
    }

    int live() {
        return live;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    Optional<Row> get(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    boolean indexes(Field field) {
        return indexes.containsKey(field.slot());
    }

    List<Row> find(Field field, Object value) {
        List<Row> found = new ArrayList<>();
        for (String id : Objects.requireNonNull(indexes.get(field.slot())).find(value)) {
            get(id).ifPresent(found::add);
        }
        return found;
    }

    /** Stores this version; null removes the record without trace. Returns the version before, or null. */
    @Nullable
    Row put(String id, @Nullable Row row) {
        Row before = row == null ? rows.remove(id) : rows.put(id, row);
        if (before != null && !before.deleted()) {
            live--;
            indexes.values().forEach(index -> index.remove(before));
        }
        if (row != null && !row.deleted()) {
            live++;
            indexes.values().forEach(index -> index.add(row));
        }
        return before;
    }
}
