package dev.caravan.yaml.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.config.WorkspaceFile;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.connector.declared.example.ExampleShapes;
import dev.caravan.connector.declared.load.ConnectorSchema;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An editor that goes by the schema and the reader accept and refuse the same, key by key. */
class SchemaAgreementTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of all files that have a schema. */
    static Stream<BlockShape> blocks() {
        Stream<BlockShape> files = Stream.of(WorkspaceFile.values()).map(file -> file.shape(Catalogue.BUILT_IN));
        return Stream.concat(Stream.of(ConnectorSchema.shape(), ExampleShapes.shape()), files)
                .flatMap(file -> Blocks.all(file).stream());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void bothJudgeEachKeyAlike(BlockShape block) throws JsonProcessingException {
        com.networknt.schema.JsonSchema schema = Schemas.of(JsonSchema.of("one", block));
        for (Key key : block.keys()) {
            ObjectNode good = sample(block, key);
            assertThat(accepted(block, schema, good))
                    .as(key.name() + " as " + good)
                    .isTrue();
            for (JsonNode bad : wrong()) {
                ObjectNode other = good.deepCopy();
                other.set(key.name(), bad);
                accepted(block, schema, other);
            }
            ObjectNode misspelt = good.deepCopy();
            misspelt.set(key.name() + "x", misspelt.remove(key.name()));
            assertThat(accepted(block, schema, misspelt))
                    .as("misspelt " + key.name())
                    .isFalse();
        }
        accepted(block, schema, NODES.objectNode());
        block.choices().forEach(choice -> {
            ObjectNode all = sample(block, block.keys().getFirst());
            choice.keys()
                    .forEach(name ->
                            all.set(name, of(block.key(name).orElseThrow().shape())));
            assertThat(accepted(block, schema, all))
                    .as("all of " + choice.keys())
                    .isFalse();
        });
    }

    @Test
    void theWholeFileHasASchema() throws JsonProcessingException {
        JsonNode schema = JSON.readTree(ConnectorSchema.json());
        assertThat(schema.at("/definitions/operation/properties/answers").isMissingNode())
                .isFalse();
        assertThat(schema.get("properties").properties())
                .hasSize(ConnectorSchema.shape().keys().size());
    }

    /** What both say of it; that they say the same is asserted. */
    private static boolean accepted(BlockShape block, com.networknt.schema.JsonSchema schema, JsonNode value) {
        Findings findings = new Findings();
        YamlSource source = YamlSource.of("f.yaml", value.toString(), "");
        YamlReader.read(source, findings)
                .ifPresent(node -> new ShapeCheck(findings).check(node, Shape.block(block), "it"));
        boolean bySchema = schema.validate(value).isEmpty();
        assertThat(findings.none())
                .as(
                        "%s: by the schema %s, by the reader %s",
                        value,
                        bySchema,
                        findings.problems().stream().map(Problem::message).toList())
                .isEqualTo(bySchema);
        return bySchema;
    }

    private static List<JsonNode> wrong() throws JsonProcessingException {
        List<JsonNode> wrong = new ArrayList<>();
        for (String text : List.of("[[[1]]]", "{\"zz\": 1}", "\" \"", "null", "-3", "[]", "\"?\"", "true", "[{}]")) {
            wrong.add(JSON.readTree(text));
        }
        return wrong;
    }

    /** A block with this key and all that it needs beside. */
    private static ObjectNode sample(BlockShape block, Key key) {
        ObjectNode node = NODES.objectNode();
        block.keys().stream().filter(Key::required).forEach(needed -> node.set(needed.name(), of(needed.shape())));
        node.set(key.name(), of(key.shape()));
        block.needs().stream()
                .filter(need -> node.has(need.key()))
                .forEach(need -> node.set(
                        need.other(), of(block.key(need.other()).orElseThrow().shape())));
        block.choices().stream()
                .filter(choice -> choice.required() && choice.keys().stream().noneMatch(node::has))
                .forEach(choice -> node.set(
                        choice.keys().getFirst(),
                        of(block.key(choice.keys().getFirst()).orElseThrow().shape())));
        return node;
    }

    private static JsonNode of(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> NODES.textNode("x");
            case Shape.Like like -> written(like.pattern());
            case Shape.Written written -> written(written.pattern());
            case Shape.Value value -> NODES.textNode("");
            case Shape.Nothing nothing -> NODES.nullNode();
            case Shape.Scalar scalar -> NODES.numberNode(4);
            case Shape.Words words -> NODES.textNode(words.words().getLast());
            case Shape.Flag flag -> NODES.booleanNode(true);
            case Shape.Whole whole -> NODES.numberNode(whole.max());
            case Shape.Decimal number -> NODES.numberNode(0.5);
            case Shape.Share share -> NODES.textNode("99.5%");
            case Shape.Amount amount -> NODES.textNode(amount.unit() == Shape.Unit.DURATION ? "5s" : "5MB");
            case Shape.Anything any -> NODES.objectNode().put("a", 1);
            case Shape.Items items -> {
                ArrayNode list = NODES.arrayNode();
                IntStream.range(0, Math.max(1, items.least())).forEach(i -> list.add(of(items.item())));
                yield list;
            }
            case Shape.OneOrMore more -> NODES.arrayNode().add(of(more.item()));
            case Shape.Names names -> NODES.objectNode().set(name(names), of(names.value()));
            case Shape.Inside inside -> filled(inside.block().get());
            case Shape.Tagged tagged -> tagged(tagged);
            case Shape.Either either -> of(either.shapes().getLast());
            case Shape.All all -> of(all.shapes().getLast());
            case Shape.Worded worded -> of(worded.shape());
        };
    }

    private static JsonNode tagged(Shape.Tagged tagged) {
        Map.Entry<String, BlockShape> one =
                tagged.blocks().entrySet().stream().findFirst().orElseThrow();
        return filled(one.getValue()).put(tagged.key(), one.getKey());
    }

    private static String name(Shape.Names names) {
        return Stream.of("name", "Name__c")
                .filter(text ->
                        names.name().map(form -> text.matches(form.pattern())).orElse(true))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode written(String pattern) {
        return NODES.textNode(Stream.of(
                        "404",
                        "backoff",
                        "abc",
                        "x.example",
                        "https://a.example",
                        "v60.0",
                        "sqlite:a",
                        "00DSb0000000001",
                        "{{env:NAME}}",
                        "06:00",
                        "true")
                .filter(text -> text.matches(pattern))
                .findFirst()
                .orElseThrow());
    }

    private static ObjectNode filled(BlockShape block) {
        Key first = block.keys().stream()
                .filter(Key::required)
                .findFirst()
                .orElse(block.keys().getFirst());
        return sample(block, first);
    }
}
