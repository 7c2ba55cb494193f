package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values as JSON means them: null, true, numbers exactly, everything else as its canonical text. */
final class ValueJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ValueJson() {}

    static JsonNode write(Value value) {
        return switch (value) {
            case Value.Null none -> NODES.nullNode();
            case Value.Bool bool -> NODES.booleanNode(bool.value());
            case Value.Int whole -> NODES.numberNode(whole.value());
            case Value.Decimal decimal -> number(decimal.value());
            case Value.Real real -> real.finite() ? number(new BigDecimal(real.text())) : NODES.textNode(real.text());
            case Value.Text text -> NODES.textNode(text.value());
            case Value.Date date -> NODES.textNode(date.text());
            case Value.Time time -> NODES.textNode(time.text());
            case Value.Timestamp timestamp -> NODES.textNode(timestamp.text());
            case Value.ZonedTimestamp instant -> NODES.textNode(instant.text());
            case Value.Json json -> NODES.textNode(json.value());
            case Value.Binary binary -> NODES.textNode(binary.base64());
            case Value.Tuple key -> NODES.textNode(key.text());
        };
    }

    /** Whole numbers without an exponent, however they were computed. */
    private static JsonNode number(BigDecimal value) {
        return value.scale() <= 0 ? NODES.numberNode(value.toBigIntegerExact()) : NODES.numberNode(value);
    }

    static Value read(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return Value.ofNull();
        }
        if (node.isBoolean()) {
            return new Value.Bool(node.booleanValue());
        }
        if (node.isNumber()) {
            return node.canConvertToLong() && node.canConvertToExactIntegral()
                    ? new Value.Int(node.longValue())
                    : new Value.Decimal(node.decimalValue());
        }
        return new Value.Text(node.asText());
    }

    static ObjectNode writeAll(Map<String, Value> values) {
        ObjectNode node = Json.object();
        values.forEach((name, value) -> node.set(name, write(value)));
        return node;
    }

    static Map<String, Value> readAll(JsonNode node) {
        Map<String, Value> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), read(entry.getValue())));
        return values;
    }
}
