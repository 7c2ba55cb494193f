package dev.caravan.engine.duckdb.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.row.Value;
import dev.caravan.row.ValueCodec;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Withheld values as stored: a JSON object of encoded values by destination field; null where there are none. */
final class Withheld {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {};

    private Withheld() {}

    static @Nullable String write(Map<String, Value> values) throws SQLException {
        if (values.isEmpty()) {
            return null;
        }
        Map<String, String> encoded = new TreeMap<>();
        values.forEach((field, value) -> encoded.put(field, ValueCodec.encode(value)));
        try {
            return JSON.writeValueAsString(encoded);
        } catch (JsonProcessingException impossible) {
            throw new SQLException("withheld values cannot be written", impossible);
        }
    }

    static Map<String, Value> read(@Nullable String stored) throws SQLException {
        if (stored == null) {
            return Map.of();
        }
        try {
            Map<String, Value> values = new TreeMap<>();
            JSON.readValue(stored, FIELDS).forEach((field, value) -> values.put(field, ValueCodec.decode(value)));
            return values;
        } catch (JsonProcessingException | IllegalArgumentException damaged) {
            throw new SQLException("Serialization Error: withheld values are corrupt", damaged);
        }
    }
}
