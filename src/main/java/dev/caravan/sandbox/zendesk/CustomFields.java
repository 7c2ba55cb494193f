package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Custom fields, by key, with their types; each kind of record has the same, in an object of its own such as {@code user_fields}. */
final class CustomFields {

    private static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("checkbox_field", "checkbox");
        FIELDS.put("date_field", "date");
        FIELDS.put("decimal_field", "decimal");
        FIELDS.put("dropdown_field", "tagger");
        FIELDS.put("multiline_field", "textarea");
        FIELDS.put("numeric_field", "integer");
        FIELDS.put("regex_field", "regexp");
        FIELDS.put("text_field", "text");
    }

    private CustomFields() {}

    static void blank(ObjectNode fields) {
        FIELDS.forEach((name, type) -> {
            if (type.equals("checkbox")) {
                fields.put(name, false);
            } else {
                fields.putNull(name);
            }
        });
    }

    /** A field that is not there is left out without a word. */
    static void lay(ObjectNode fields, JsonNode sent) {
        sent.properties().stream()
                .filter(field -> FIELDS.containsKey(field.getKey()))
                .forEach(field -> fields.set(field.getKey(), field.getValue()));
    }

    static ArrayNode described() {
        ArrayNode list = Json.array();
        FIELDS.forEach((key, type) -> list.addObject()
                .put("id", 360_000_000_000L + list.size())
                .put("type", type)
                .put("key", key)
                .put("title", key.replace('_', ' '))
                .put("description", "")
                .put("position", list.size() - 1)
                .put("active", true)
                .put("system", false)
                .putNull("regexp_for_validation"));
        return list;
    }
}
