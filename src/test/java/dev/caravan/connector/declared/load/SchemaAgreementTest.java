package dev.caravan.connector.declared.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.JsonSchema;
import dev.caravan.yaml.shape.Key;
import dev.caravan.yaml.shape.Shape;
import dev.caravan.yaml.shape.ShapeCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An editor that goes by the schema and the reader accept and refuse the same, key by key. */
class SchemaAgreementTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<BlockShape> blocks() {
        return Blocks.all(ConnectorSchema.shape());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void bothJudgeEachKeyAlike(BlockShape block) throws JsonProcessingException {
        JsonNode schema = JsonSchema.of("one", block);
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
    private static boolean accepted(BlockShape block, JsonNode schema, JsonNode value) {
        Findings findings = new Findings();
        YamlSource source = YamlSource.of("f.yaml", value.toString(), "");
        YamlReader.read(source, findings)
                .ifPresent(node -> new ShapeCheck(findings).check(node, Shape.block(block), "it"));
        boolean bySchema = new SchemaJudge(schema).accepts(schema, value);
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
            case Shape.Like like ->
                NODES.textNode(List.of("404", "backoff", "abc", "x.example").stream()
                        .filter(text -> text.matches(like.pattern()))
                        .findFirst()
                        .orElseThrow());
            case Shape.Scalar scalar -> NODES.numberNode(4);
            case Shape.Words words -> NODES.textNode(words.words().getLast());
            case Shape.Flag flag -> NODES.booleanNode(true);
            case Shape.Whole whole -> NODES.numberNode(whole.max());
            case Shape.Amount amount -> NODES.textNode(amount.unit() == Shape.Unit.SIZE ? "5MB" : "5s");
            case Shape.Anything any -> NODES.objectNode().put("a", 1);
            case Shape.Items items -> NODES.arrayNode().add(of(items.item()));
            case Shape.OneOrMore more -> NODES.arrayNode().add(of(more.item()));
            case Shape.Names names -> NODES.objectNode().set("name", of(names.value()));
            case Shape.Inside inside -> filled(inside.block().get());
            case Shape.Tagged tagged ->
                tagged.blocks().values().stream()
                        .findFirst()
                        .map(SchemaAgreementTest::filled)
                        .orElseThrow();
            case Shape.Either either -> of(either.shapes().getLast());
        };
    }

    private static ObjectNode filled(BlockShape block) {
        Key first = block.keys().stream()
                .filter(Key::required)
                .findFirst()
                .orElse(block.keys().getFirst());
        return sample(block, first);
    }
}
