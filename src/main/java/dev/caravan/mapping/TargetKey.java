package dev.caravan.mapping;

import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The destination fields that together identify a record: one, or several in the order the mapping names them.
 *
 * @param fields at least one, none twice
 */
public record TargetKey(List<String> fields) {

    public TargetKey {
        fields = List.copyOf(fields);
    }

    /** A key of one field. */
    public static TargetKey of(String field) {
        return new TargetKey(List.of(field));
    }

    /** The field, or the fields joined by {@code +}, which no field's name has. */
    public String name() {
        return String.join("+", fields);
    }

    /** Whether it takes several fields to identify a record. */
    public boolean isComposite() {
        return fields.size() > 1;
    }

    /** A key's value of its fields' values. */
    public Value of(Map<String, Value> values) {
        if (!isComposite()) {
            return values.getOrDefault(fields.getFirst(), Value.ofNull());
        }
        List<Value> parts = fields.stream()
                .map(field -> values.getOrDefault(field, Value.ofNull()))
                .toList();
        Value.Tuple tuple = new Value.Tuple(parts);
        return tuple.isEmpty() ? Value.ofNull() : tuple;
    }

    /** The fields with what a key's value holds for each, in order; nothing of a null. */
    public Map<String, Value> values(Value key) {
        if (!(key instanceof Value.Tuple tuple)) {
            return key.isNull() ? Map.of() : Map.of(fields.getFirst(), key);
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(fields.size(), tuple.parts().size()); i++) {
            values.put(fields.get(i), tuple.parts().get(i));
        }
        return Collections.unmodifiableMap(values);
    }
}
