package dev.caravan.sandbox.salesforce.dml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.FieldType.Shape;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a JSON record. An unknown field and a value of the wrong type make it {@link Draft.Broken}, with
 * {@code INVALID_FIELD} or {@code JSON_PARSER_ERROR}; whether that refuses the row or the request is the caller's matter.
 * A number in quotes is a number (seen in recordings); an empty or blank text is null.
 */
public final class JsonRows {

    private final Schemas schemas;

    public JsonRows(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Reads one record of an object; {@code attributes} are ignored. */
    public Draft read(SObject object, JsonNode json) {
        JsonNode id = json.has("id") ? json.path("id") : json.path("Id");
        Draft.Values draft = Draft.Values.of(object, id.isNull() ? "" : id.asText(""));
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            String name = entry.getKey();
            if (name.equals("attributes") || name.equalsIgnoreCase("Id")) {
                continue;
            }
            Optional<RowError> problem = entry.getValue().isObject()
                    ? link(draft, name, entry.getValue())
                    : value(draft, name, entry.getValue());
            if (problem.isPresent()) {
                return new Draft.Broken(problem.get());
            }
        }
        return draft;
    }

    private static Optional<RowError> value(Draft.Values draft, String name, JsonNode node) {
        Optional<Field> field = draft.object().field(name);
        if (field.isEmpty()) {
            return Optional.of(unknown(name, draft.object()));
        }
        if (node.isNull() || (node.isTextual() && node.asText().isBlank())) {
            draft.values().put(field.get(), null);
            return Optional.empty();
        }
        boolean scalar = node.isTextual() || node.isNumber() || (node.isBoolean() && takesBoolean(field.get()));
        Optional<Object> value = scalar ? Texts.parse(field.get(), node.asText()) : Optional.empty();
        value.ifPresent(read -> draft.values().put(field.get(), read));
        return value.isPresent() ? Optional.empty() : Optional.of(unreadable(field.get(), node));
    }

    private Optional<RowError> link(Draft.Values draft, String name, JsonNode node) {
        Optional<Field> reference = draft.object().relationship(name);
        if (reference.isEmpty()) {
            return Optional.of(unknown(name, draft.object()));
        }
        String type = node.path("attributes").path("type").asText("");
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().equals("attributes")) {
                continue;
            }
            Optional<Target> target = target(schemas, reference.get(), type, entry.getKey());
            if (target.isEmpty()) {
                return Optional.of(unknown(entry.getKey(), draft.object()));
            }
            Optional<RowError> problem =
                    target.get().link(draft, entry.getValue().asText());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** What a reference by external id leads to. */
    record Target(Field reference, SObject object, Field key) {

        /** Adds the reference to a row, or says why the value cannot be one. */
        Optional<RowError> link(Draft.Values draft, String text) {
            Optional<Object> value = Texts.parse(key, text);
            value.ifPresent(read -> draft.links().add(new Draft.Link(reference, object, key, read)));
            return value.isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            RowError.on(key, "INVALID_TYPE_ON_FIELD_IN_RECORD", "value not of required type: " + text));
        }
    }

    /** The target of that type; where a reference may lead to several objects the type must be given. That rests on documentation. */
    static Optional<Target> target(Schemas schemas, Field reference, String type, String keyName) {
        boolean several = reference.references().size() > 1;
        return reference.references().stream()
                .filter(name -> type.isEmpty() ? !several : type.equalsIgnoreCase(name))
                .flatMap(name -> schemas.find(name).stream())
                .flatMap(object -> object.field(keyName).filter(Field::indexed).stream()
                        .map(key -> new Target(reference, object, key)))
                .findFirst();
    }

    static RowError unknown(String name, SObject object) {
        return RowError.of("INVALID_FIELD", "No such column '" + name + "' on sobject of type " + object.name());
    }

    private static boolean takesBoolean(Field field) {
        return field.type().shape() == Shape.BOOLEAN;
    }

    private static RowError unreadable(Field field, JsonNode node) {
        String type = field.type().soap().replaceFirst("^\\w+:", "").toLowerCase(Locale.ROOT);
        String token = node.isArray() ? "START_ARRAY" : node.isTextual() ? "VALUE_STRING" : "VALUE_" + scalar(node);
        return RowError.of(
                "JSON_PARSER_ERROR",
                "Cannot deserialize instance of " + type + " from " + token + " value " + node.asText()
                        + " or request may be missing a required field at [line:1, column:1]");
    }

    private static String scalar(JsonNode node) {
        if (node.isBoolean()) {
            return node.asText().toUpperCase(Locale.ROOT);
        }
        return node.isIntegralNumber() ? "NUMBER_INT" : "NUMBER_FLOAT";
    }
}
