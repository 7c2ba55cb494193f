package dev.caravan.connector.jdbc;

import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One write on its way.
 *
 * @param index its place in the batch
 * @param key the values of its fields as parameters, in the order of the key
 * @param fields by column, as parameters; without the key
 */
record Item(int index, Write write, List<Value> key, Map<String, Value> fields) {

    Item {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    List<String> columns() {
        return List.copyOf(fields.keySet());
    }

    List<Value> values() {
        return List.copyOf(fields.values());
    }
}
