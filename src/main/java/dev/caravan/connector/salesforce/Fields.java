package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import java.util.ArrayList;
import java.util.List;

/** Fields as describe has them, and those that go through a relationship. */
final class Fields {

    private Fields() {}

    /**
     * A field of the object's own.
     *
     * @param filled whether another name of the mapping fills it
     */
    static TargetField own(JsonNode field, boolean filled) {
        String name = field.path("name").asText();
        Kind kind = kind(field.path("type").asText());
        return new TargetField(
                name,
                kind,
                field.path("length").asInt(),
                precision(field, kind),
                field.path("scale").asInt(),
                field.path("createable").asBoolean(),
                field.path("updateable").asBoolean(),
                field.path("nillable").asBoolean(),
                !filled && required(field),
                isKey(field),
                field.path("unique").asBoolean() || name.equals("Id"),
                !field.path("caseSensitive").asBoolean(),
                values(field));
    }

    /**
     * A reference that is filled by a key of the other record: written as the reference may be, and of the key's kind.
     *
     * @param key the other object's field
     */
    static TargetField link(String name, JsonNode reference, JsonNode key) {
        Kind kind = kind(key.path("type").asText());
        return new TargetField(
                name,
                kind,
                key.path("length").asInt(),
                precision(key, kind),
                key.path("scale").asInt(),
                reference.path("createable").asBoolean(),
                reference.path("updateable").asBoolean(),
                reference.path("nillable").asBoolean(),
                required(reference),
                false,
                false,
                !key.path("caseSensitive").asBoolean(),
                List.of());
    }

    /** A reference that is filled by one of these names. */
    static TargetField named(String name, JsonNode reference, List<String> names) {
        return new TargetField(
                name,
                Kind.ENUM,
                0,
                0,
                0,
                reference.path("createable").asBoolean(),
                reference.path("updateable").asBoolean(),
                reference.path("nillable").asBoolean(),
                required(reference),
                false,
                false,
                true,
                names);
    }

    /** Whether records can be found by it. */
    static boolean isKey(JsonNode field) {
        return field.path("externalId").asBoolean()
                || field.path("idLookup").asBoolean()
                || field.path("name").asText().equals("Id");
    }

    private static boolean required(JsonNode field) {
        return field.path("createable").asBoolean()
                && !field.path("nillable").asBoolean()
                && !field.path("defaultedOnCreate").asBoolean();
    }

    private static int precision(JsonNode field, Kind kind) {
        return field.path(kind == Kind.INTEGER ? "digits" : "precision").asInt();
    }

    /** Of a closed list, the values in use; an open list takes any text. */
    private static List<String> values(JsonNode field) {
        List<String> values = new ArrayList<>();
        if (field.path("restrictedPicklist").asBoolean()) {
            for (JsonNode value : field.path("picklistValues")) {
                if (value.path("active").asBoolean(true)) {
                    values.add(value.path("value").asText());
                }
            }
        }
        return values;
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "string", "textarea", "phone", "url", "encryptedstring", "combobox", "id" -> Kind.TEXT;
            case "email" -> Kind.EMAIL;
            case "picklist", "multipicklist" -> Kind.ENUM;
            case "boolean" -> Kind.BOOLEAN;
            case "int", "long" -> Kind.INTEGER;
            case "double", "currency", "percent" -> Kind.NUMBER;
            case "date" -> Kind.DATE;
            case "datetime" -> Kind.INSTANT;
            case "time" -> Kind.TIME;
            case "reference" -> Kind.REFERENCE;
            default -> Kind.OTHER;
        };
    }
}
