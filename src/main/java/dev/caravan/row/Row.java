package dev.caravan.row;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named values in a fixed order. Immutable. A column that the row does not have is not the same as a null in it:
 * {@link #get} of an absent column is a programming error, so ask {@link #has} where a column may be missing.
 */
public record Row(Map<String, Value> values) {

    /** A row without columns. */
    public static final Row EMPTY = new Row(Map.of());

    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value of a column, {@link Value#ofNull()} for an SQL null. */
    public Value get(String column) {
        Value value = values.get(column);
        if (value == null) {
            throw new IllegalArgumentException("the row has no column " + column);
        }
        return value;
    }

    /** Whether the row has this column, null or not. */
    public boolean has(String column) {
        return values.containsKey(column);
    }

    /** Whether the row has all these columns. */
    public boolean hasAll(Set<String> columns) {
        return values.keySet().containsAll(columns);
    }

    /** The same with these columns alone, as far as it has them. */
    public Row only(Set<String> columns) {
        Map<String, Value> kept = new LinkedHashMap<>(values);
        kept.keySet().retainAll(columns);
        return new Row(kept);
    }

    /** The values of these columns, in the order asked. */
    public List<Value> select(List<String> columns) {
        return columns.stream().map(this::get).toList();
    }
}
