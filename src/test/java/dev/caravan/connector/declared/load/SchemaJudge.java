package dev.caravan.connector.declared.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** Judges JSON by those words of JSON Schema that ours uses; a word that it does not know is an error of the test. */
final class SchemaJudge {

    private final JsonNode root;

    SchemaJudge(JsonNode root) {
        this.root = root;
    }

    boolean accepts(JsonNode schema, JsonNode value) {
        return schema.properties().stream().allMatch(word -> holds(word.getKey(), word.getValue(), schema, value));
    }

    private boolean holds(String word, JsonNode said, JsonNode schema, JsonNode value) {
        return switch (word) {
            case "$schema", "title", "description", "definitions" -> true;
            case "$ref" -> accepts(root.at(said.asText().substring(1)), value);
            case "type" -> said.isArray() ? all(said).anyMatch(type -> is(type, value)) : is(said, value);
            case "enum" -> all(said).anyMatch(value::equals);
            case "const" -> said.equals(value);
            case "pattern" ->
                !value.isTextual()
                        || java.util.regex.Pattern.compile(said.asText())
                                .matcher(value.asText())
                                .find();
            case "minimum" -> !value.isNumber() || value.decimalValue().compareTo(said.decimalValue()) >= 0;
            case "maximum" -> !value.isNumber() || value.decimalValue().compareTo(said.decimalValue()) <= 0;
            case "minItems" -> !value.isArray() || value.size() >= said.asInt();
            case "maxItems" -> !value.isArray() || value.size() <= said.asInt();
            case "maxProperties" -> !value.isObject() || value.size() <= said.asInt();
            case "items" -> !value.isArray() || all(value).allMatch(item -> accepts(said, item));
            case "required" -> !value.isObject() || all(said).allMatch(name -> value.has(name.asText()));
            case "properties" ->
                !value.isObject()
                        || value.properties().stream()
                                .filter(member -> said.has(member.getKey()))
                                .allMatch(member -> accepts(said.get(member.getKey()), member.getValue()));
            case "additionalProperties" ->
                !value.isObject()
                        || value.properties().stream()
                                .filter(member -> !schema.path("properties").has(member.getKey()))
                                .allMatch(member -> said.isObject() && accepts(said, member.getValue()));
            case "anyOf" -> all(said).anyMatch(one -> accepts(one, value));
            case "allOf" -> all(said).allMatch(one -> accepts(one, value));
            case "oneOf" -> all(said).filter(one -> accepts(one, value)).count() == 1;
            case "not" -> !accepts(said, value);
            default -> throw new AssertionError("a word that nobody judges: " + word);
        };
    }

    private static java.util.stream.Stream<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean is(JsonNode type, JsonNode value) {
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("a type that nobody knows: " + type);
        };
    }
}
