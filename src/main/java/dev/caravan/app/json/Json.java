package dev.caravan.app.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The small change of the codecs: trees, lists, optional fields. Enum names travel in lower case. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A list. */
    public static <T> ArrayNode list(List<T> items, Function<T, ? extends JsonNode> codec) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(codec.apply(item)));
        return array;
    }

    /** The items of a list; none if it is absent. */
    public static <T> List<T> items(JsonNode parent, String field, Function<JsonNode, T> codec) {
        List<T> items = new ArrayList<>();
        parent.path(field).forEach(node -> items.add(codec.apply(node)));
        return items;
    }

    /** Reads one JSON document; {@code EnvironmentFailure} if it is not one, since only our own processes write them. */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.OWNER_UNREACHABLE,
                    "the process that owns the workspace gave an answer that is not JSON",
                    "use the same version of Caravan in both processes"));
        }
    }

    static Map<String, Long> counts(JsonNode node) {
        Map<String, Long> counts = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
        return counts;
    }

    static ObjectNode counts(Map<String, Long> counts) {
        ObjectNode node = object();
        counts.forEach(node::put);
        return node;
    }

    static Optional<Instant> instant(JsonNode parent, String field) {
        return parent.hasNonNull(field)
                ? Optional.of(Instant.parse(parent.get(field).asText()))
                : Optional.empty();
    }

    static @Nullable String text(JsonNode parent, String field) {
        return parent.hasNonNull(field) ? parent.get(field).asText() : null;
    }
}
