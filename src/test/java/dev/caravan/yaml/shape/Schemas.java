package dev.caravan.yaml.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SpecVersion;
import dev.caravan.yaml.YamlNode;
import java.math.BigDecimal;

/** JSON Schemas as a validator that is not ours understands them. */
public final class Schemas {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What an editor says instead of its own words judges nothing. */
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V7,
            builder -> builder.metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV7())
                    .keyword(new NonValidationKeyword("errorMessage"))
                    .build()));

    private Schemas() {}

    /** The schema, to be asked. */
    public static com.networknt.schema.JsonSchema of(JsonNode schema) {
        return FACTORY.getSchema(schema);
    }

    /** What a document of YAML is as JSON. */
    public static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Block block -> {
                ObjectNode object = NODES.objectNode();
                block.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
                yield object;
            }
            case YamlNode.Items items -> {
                ArrayNode array = NODES.arrayNode();
                items.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case YamlNode.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> NODES.textNode(scalar.text());
                    case INTEGER -> NODES.numberNode(new BigDecimal(scalar.text()).toBigInteger());
                    case DECIMAL -> NODES.numberNode(new BigDecimal(scalar.text()));
                    case BOOLEAN -> NODES.booleanNode(Boolean.parseBoolean(scalar.text()));
                    case NULL -> NODES.nullNode();
                };
        };
    }
}
