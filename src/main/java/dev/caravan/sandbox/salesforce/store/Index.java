package dev.caravan.sandbox.salesforce.store;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.Field.Trait;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds live rows by one field's value, with the field's own idea of equality. Used under the store's lock. */
final class Index {

    private final Field field;
    private final Map<Object, List<String>> ids = new HashMap<>();

    Index(Field field) {
        this.field = field;
    }

    Field field() {
        return field;
    }

    List<String> find(Object value) {
        return ids.getOrDefault(Index.key(field, value), List.of());
    }

    void add(Row row) {
        Object value = row.get(field);
        if (value != null) {
            ids.merge(key(field, value), List.of(row.id()), Index::joined);
        }
    }

    void remove(Row row) {
        Object value = row.get(field);
        if (value != null) {
            ids.computeIfPresent(key(field, value), (key, list) -> without(list, row.id()));
        }
    }

    /** The form in which two values of the field are the same value. */
    static Object key(Field field, Object value) {
        return switch (value) {
            case String text -> field.is(Trait.CASE_SENSITIVE) ? text : text.toLowerCase(Locale.ROOT);
            case BigDecimal number -> number.stripTrailingZeros();
            default -> value;
        };
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    private static @Nullable List<String> without(List<String> list, String id) {
        List<String> left = list.stream().filter(other -> !other.equals(id)).toList();
        return left.isEmpty() ? null : left;
    }
}
