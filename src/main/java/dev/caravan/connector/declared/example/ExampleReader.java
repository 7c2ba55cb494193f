package dev.caravan.connector.declared.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.destination.Action;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetKey;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import dev.caravan.yaml.shape.Shape;
import dev.caravan.yaml.shape.ShapeCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads examples. What is wrong with one is found with its place; what is not there is read as empty, so that playing the example says what
 * does not agree.
 */
public final class ExampleReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private static final Set<Action> REMOVALS = Set.of(Action.DELETE, Action.ARCHIVE, Action.REMOVE);

    private ExampleReader() {}

    /** An example; empty if the file is no YAML or names no operation. Then the findings say why. */
    public static Optional<Example> read(YamlSource source, Findings findings) {
        Optional<YamlNode> file = YamlReader.read(source, findings);
        if (file.isEmpty() && findings.none()) {
            Place start = new Place(source.file(), 1, 1);
            findings.report(Code.YAML_WRONG_TYPE, start, "an empty file", "write an example, or delete it");
        }
        file.ifPresent(node -> new ShapeCheck(findings).check(node, Shape.block(ExampleShapes.FILE), "the file"));
        file.ifPresent(node -> rows(node, findings));
        return file.map(ExampleReader::json)
                .filter(root -> looksUp(root) || describes(root) || action(root).isPresent())
                .map(root -> example(source.file(), action(root), root));
    }

    private static boolean looksUp(JsonNode root) {
        return root.path("operation").asText().equals(ExampleShapes.LOOK_UP);
    }

    private static boolean describes(JsonNode root) {
        return root.path("operation").asText().equals(ExampleShapes.DESCRIBE);
    }

    /** Whatever is done is done with rows that have a key, but that an object is described. */
    private static void rows(YamlNode file, Findings findings) {
        if (!(file instanceof YamlNode.Block block) || describes(json(file))) {
            return;
        }
        for (String key : List.of("key", "rows")) {
            if (block.entry(key).isEmpty()) {
                findings.report(
                        Code.YAML_MISSING_KEY,
                        file.place(),
                        "the file needs '" + key + "'",
                        "add '" + key + ": …'; only 'operation: describe' does without");
            }
        }
    }

    private static Optional<Action> action(JsonNode root) {
        String word = root.path("operation").asText();
        for (Action action : Action.values()) {
            if (action.name().equals(word.toUpperCase(Locale.ROOT))) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    private static Example example(String file, Optional<Action> action, JsonNode root) {
        List<Write> rows = new ArrayList<>();
        root.path("rows").forEach(row -> rows.add(row(rows.size(), action, row)));
        List<Example.Exchange> exchanges = new ArrayList<>();
        root.path("exchanges").forEach(exchange -> exchanges.add(exchange(exchange)));
        List<String> outcomes = new ArrayList<>();
        root.path("outcomes").forEach(outcome -> outcomes.add(outcome.asText()));
        return new Example(
                file,
                root.path("about").asText(),
                root.path("object").asText(),
                action,
                describes(root),
                root.path("job").asBoolean(),
                key(root.path("key")),
                texts(root.path("settings")),
                rows,
                exchanges,
                outcomes);
    }

    /** A field, or a list of them. */
    private static TargetKey key(JsonNode node) {
        List<String> fields = new ArrayList<>();
        node.forEach(field -> fields.add(field.asText()));
        return fields.isEmpty() ? TargetKey.of(node.asText()) : new TargetKey(fields);
    }

    private static Write row(int ordinal, Optional<Action> action, JsonNode row) {
        Map<String, Value> fields = new LinkedHashMap<>();
        row.path("fields").properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
        boolean removes = action.filter(REMOVALS::contains).isPresent();
        return new Write(
                ordinal,
                removes ? PlannedWrite.Kind.REMOVE : PlannedWrite.Kind.CHANGE,
                value(row.path("key")),
                row.has("id") ? row.path("id").asText() : null,
                fields,
                "dedupe-" + ordinal,
                Optional.empty());
    }

    private static Value value(JsonNode json) {
        if (json.isNull() || json.isMissingNode()) {
            return Value.ofNull();
        }
        if (json.isArray()) {
            List<Value> parts = new ArrayList<>();
            json.forEach(part -> parts.add(value(part)));
            return new Value.Tuple(parts);
        }
        if (json.isBoolean()) {
            return new Value.Bool(json.booleanValue());
        }
        return json.isNumber() ? new Value.Decimal(json.decimalValue()) : new Value.Text(json.asText());
    }

    private static Example.Exchange exchange(JsonNode exchange) {
        JsonNode request = exchange.path("request");
        String call = METHODS.stream()
                .filter(request::has)
                .map(method -> method.toUpperCase(Locale.ROOT) + " "
                        + request.path(method).asText())
                .findFirst()
                .orElse("");
        return new Example.Exchange(
                call, texts(request.path("headers")), request.path("body"), answer(exchange.path("response")));
    }

    private static HttpAnswer answer(JsonNode response) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        texts(response.path("headers"))
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        JsonNode body = response.path("body");
        String text = body.isTextual() || body.isMissingNode() ? body.asText("") : body.toString();
        return new HttpAnswer(response.path("status").asInt(200), headers, Body.of(text), 1);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar(scalar);
            case YamlNode.Items items -> {
                ArrayNode list = NODES.arrayNode();
                items.items().forEach(item -> list.add(json(item)));
                yield list;
            }
            case YamlNode.Block block -> {
                ObjectNode object = NODES.objectNode();
                block.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
                yield object;
            }
        };
    }

    private static JsonNode scalar(YamlNode.Scalar scalar) {
        return switch (scalar.kind()) {
            case NULL -> NODES.nullNode();
            case BOOLEAN -> NODES.booleanNode(Boolean.parseBoolean(scalar.text()));
            case INTEGER, DECIMAL -> number(scalar.text());
            case TEXT -> NODES.textNode(scalar.text());
        };
    }

    private static JsonNode number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() == 0 && number.precision() < 19
                    ? NODES.numberNode(number.longValueExact())
                    : NODES.numberNode(number);
        } catch (NumberFormatException other) {
            return NODES.textNode(text);
        }
    }
}
