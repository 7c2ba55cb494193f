package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.row.Value;
import dev.caravan.row.WholeText;
import java.math.BigDecimal;

/** Values as JSON nodes. */
final class Json {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Of a cell nothing is too long to be what it is; how deep it is nested is bounded by {@link Value.Json}. */
    private static final StreamReadConstraints NO_LIMITS = StreamReadConstraints.builder()
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private static final ObjectReader EXACT = new ObjectMapper(
                    JsonFactory.builder().streamReadConstraints(NO_LIMITS).build())
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    static JsonNode of(Value value) {
        return switch (value) {
            case Value.Null none -> NODES.nullNode();
            case Value.Bool bool -> NODES.booleanNode(bool.value());
            case Value.Int whole -> NODES.numberNode(whole.value());
            case Value.Decimal decimal -> NODES.numberNode(decimal.value());
            case Value.Real real when real.finite() -> NODES.numberNode(new BigDecimal(real.text()));
            case Value.Real real -> NODES.textNode(real.text());
            case Value.Text text -> NODES.textNode(text.value());
            case Value.Json json -> parsed(json.value());
            case Value.Binary binary -> NODES.textNode(binary.base64());
            case Value.Tuple key -> NODES.textNode(key.text());
            case Value.Date date -> NODES.textNode(date.text());
            case Value.Time time -> NODES.textNode(time.text());
            case Value.Timestamp timestamp -> NODES.textNode(timestamp.text());
            case Value.ZonedTimestamp zoned -> NODES.textNode(zoned.text());
        };
    }

    /** A text that is JSON, as it is; one that the parser cannot read goes as text. */
    private static JsonNode parsed(String json) {
        try {
            return EXACT.readTree(json);
        } catch (JsonProcessingException e) {
            return NODES.textNode(json);
        }
    }

    /** Whether every text in it can be written as UTF-8. */
    static boolean whole(JsonNode node) {
        if (node.isTextual()) {
            return WholeText.is(node.textValue());
        }
        for (JsonNode child : node) {
            if (!whole(child)) {
                return false;
            }
        }
        return true;
    }
}
