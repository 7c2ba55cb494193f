package dev.caravan.yaml.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shapes written as JSON Schema (draft-07, which editors know best). Each block is one definition. For one use. */
public final class JsonSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    /** The schema of files whose whole content is such a block. */
    public static ObjectNode of(String title, BlockShape file) {
        JsonSchema schema = new JsonSchema();
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "http://json-schema.org/draft-07/schema#");
        root.put("title", title);
        root.setAll(schema.block(file));
        ObjectNode definitions = root.putObject("definitions");
        schema.definitions.forEach(definitions::set);
        return root;
    }

    private ObjectNode shape(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> types("string", "number", "boolean").put("pattern", "\\S");
            case Shape.Like like -> like(like);
            case Shape.Written written -> written(written.pattern());
            case Shape.Value value -> types("string", "number", "boolean");
            case Shape.Nothing nothing -> types("null");
            case Shape.Scalar scalar -> types("string", "number", "boolean", "null");
            case Shape.Words words -> words(words.words());
            case Shape.Flag flag -> types("boolean");
            case Shape.Whole whole ->
                types("integer").put("minimum", whole.min()).put("maximum", whole.max());
            case Shape.Amount amount ->
                types("string").put("pattern", "^(?:" + amount.unit().pattern() + ")$");
            case Shape.Decimal number ->
                number.positive() ? types("number").put("exclusiveMinimum", 0) : types("number");
            case Shape.Share share ->
                any(List.of(
                        types("string").put("pattern", "^(?:" + Shape.Share.PATTERN + ")$"),
                        types("number").put("minimum", 0).put("maximum", 1)));
            case Shape.Anything any -> NODES.objectNode();
            case Shape.Items items -> list(items.item(), items.least(), items.most());
            case Shape.OneOrMore more -> any(List.of(shape(more.item()), list(more.item(), 1, Shape.MOST)));
            case Shape.Names names -> names(names);
            case Shape.Inside inside -> reference(inside.block().get());
            case Shape.Tagged tagged -> tagged(tagged);
            case Shape.Worded worded -> shape(worded.shape());
            case Shape.All all -> {
                ObjectNode node = NODES.objectNode();
                ArrayNode list = node.putArray("allOf");
                all.shapes().forEach(one -> list.add(shape(one)));
                yield node;
            }
            case Shape.Either either ->
                any(either.shapes().stream().map(this::shape).toList());
        };
    }

    private ObjectNode names(Shape.Names names) {
        ObjectNode node = names.least() == 0 ? types("object", "null") : types("object");
        node.put("minProperties", names.least()).put("maxProperties", Shape.MOST);
        names.name().ifPresent(form -> node.putObject("propertyNames").put("pattern", "^(?:" + form.pattern() + ")$"));
        node.set("additionalProperties", shape(names.value()));
        return node;
    }

    private static ObjectNode like(Shape.Like like) {
        ObjectNode text = types("string").put("pattern", "^(?:" + like.pattern() + ")$");
        return like.least() > like.most()
                ? text
                : any(List.of(
                        text, types("integer").put("minimum", like.least()).put("maximum", like.most())));
    }

    /** What stands without quotes is judged as it is written: of that a pattern can tell by examples. */
    private static ObjectNode written(String pattern) {
        List<ObjectNode> kinds = new ArrayList<>();
        kinds.add(types("string").put("pattern", "^(?:" + pattern + ")$"));
        if ("true".matches(pattern) && "false".matches(pattern)) {
            kinds.add(types("boolean"));
        }
        boolean whole = "7".matches(pattern) && "1234567890".matches(pattern);
        if (whole && "-7.5".matches(pattern)) {
            kinds.add(types("number"));
        } else if (whole) {
            kinds.add(types("integer").put("minimum", 0));
        }
        return kinds.size() == 1 ? kinds.getFirst() : any(kinds);
    }

    private ObjectNode list(Shape item, int least, int most) {
        ObjectNode node = types("array").put("minItems", least).put("maxItems", most);
        node.set("items", shape(item));
        return node;
    }

    private static ObjectNode any(List<ObjectNode> nodes) {
        ObjectNode node = NODES.objectNode();
        ArrayNode any = node.putArray("anyOf");
        nodes.forEach(any::add);
        return node;
    }

    private static ObjectNode words(List<String> words) {
        ObjectNode node = NODES.objectNode();
        ArrayNode list = node.putArray("enum");
        words.forEach(list::add);
        return node;
    }

    /** The word first, so that an editor knows all of them where one is wrong, and for a right one the keys of its block alone. */
    private ObjectNode tagged(Shape.Tagged tagged) {
        ObjectNode node = types("object");
        Map<String, BlockShape> blocks = new TreeMap<>(tagged.blocks());
        node.putObject("properties").set(tagged.key(), words(List.copyOf(blocks.keySet())));
        node.putArray("required").add(tagged.key());
        ArrayNode all = node.putArray("allOf");
        blocks.forEach((tag, block) -> {
            ObjectNode one = all.addObject();
            ObjectNode is = one.putObject("if");
            is.putObject("properties").putObject(tagged.key()).put("const", tag);
            is.putArray("required").add(tagged.key());
            one.set("then", reference(block));
        });
        return node;
    }

    private ObjectNode reference(BlockShape block) {
        if (!definitions.containsKey(block.id())) {
            definitions.put(block.id(), NODES.objectNode());
            definitions.put(block.id(), block(block));
        }
        return NODES.objectNode().put("$ref", "#/definitions/" + block.id());
    }

    private ObjectNode block(BlockShape block) {
        ObjectNode node =
                (block.mayBeEmpty() ? types("object", "null") : types("object")).put("additionalProperties", false);
        ObjectNode properties = node.putObject("properties");
        block.others().ifPresent(each -> {
            node.set("additionalProperties", shape(each));
            block.later().forEach(later -> properties.put(later, false));
        });
        block.keys().forEach(key -> properties.set(key.name(), described(shape(key.shape()), key.about())));
        List<String> required =
                block.keys().stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            ArrayNode names = node.putArray("required");
            required.forEach(names::add);
        }
        if (!block.choices().isEmpty()) {
            ArrayNode all = node.putArray("allOf");
            block.choices().forEach(choice -> all.add(choice(choice)));
        }
        if (!block.needs().isEmpty()) {
            ObjectNode dependencies = node.putObject("dependencies");
            block.needs().forEach(need -> dependencies.withArray(need.key()).add(need.other()));
        }
        return node;
    }

    /** A reference hides what stands beside it, so that it goes into a list of its own. */
    private static ObjectNode described(ObjectNode node, String about) {
        if (!node.has("$ref")) {
            return node.put("description", about);
        }
        ObjectNode around = NODES.objectNode().put("description", about);
        around.putArray("allOf").add(node);
        return around;
    }

    /** Editors that know errorMessage say it instead of the one key that they happen to miss; others ignore it. */
    private static ObjectNode choice(BlockShape.Choice choice) {
        ObjectNode node = NODES.objectNode();
        ArrayNode one = node.putArray("oneOf");
        String message = "Exactly one of " + String.join(", ", choice.keys()) + ".";
        choice.keys()
                .forEach(key -> one.addObject()
                        .put("errorMessage", message)
                        .putArray("required")
                        .add(key));
        if (!choice.required()) {
            ArrayNode none = one.addObject().putObject("not").putArray("anyOf");
            choice.keys().forEach(key -> none.addObject().putArray("required").add(key));
        }
        return node;
    }

    private static ObjectNode types(String... types) {
        ObjectNode node = NODES.objectNode();
        if (types.length == 1) {
            return node.put("type", types[0]);
        }
        ArrayNode list = node.putArray("type");
        for (String type : types) {
            list.add(type);
        }
        return node;
    }
}
