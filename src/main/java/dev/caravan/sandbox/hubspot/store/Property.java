package dev.caravan.sandbox.hubspot.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import java.util.List;

/**
 * One property of an object type.
 *
 * @param type {@code string}, {@code number}, {@code date}, {@code datetime}, {@code enumeration} or {@code bool}
 * @param unique no two live records may have the same value, and an upsert may match by it
 * @param readOnly only the portal itself sets it
 * @param options allowed values of an enumeration
 */
public record Property(
        String name,
        String label,
        String type,
        String fieldType,
        boolean unique,
        boolean readOnly,
        List<String> options) {

    public Property {
        options = List.copyOf(options);
    }

    /** A property that anyone may write, with the form field that its type usually has. */
    public static Property of(String name, String type) {
        return new Property(name, label(name), type, fieldType(type), false, false, List.of());
    }

    static Property choice(String name, String... options) {
        return new Property(name, label(name), "enumeration", "select", false, false, List.of(options));
    }

    static Property system(String name, String type) {
        return new Property(name, label(name), type, fieldType(type), false, true, List.of());
    }

    /** Whether it is an e-mail address and checked as one. */
    public boolean isEmail() {
        return name.equals("email") || name.equals("work_email");
    }

    /** As {@code GET /crm/v3/properties} has it. */
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("label", label)
                .put("type", type)
                .put("fieldType", fieldType)
                .put("description", "")
                .put("groupName", "caravan");
        ArrayNode choices = json.putArray("options");
        for (String option : options) {
            choices.addObject()
                    .put("label", label(option))
                    .put("value", option)
                    .put("displayOrder", choices.size() - 1)
                    .put("hidden", false);
        }
        json.put("displayOrder", -1)
                .put("calculated", readOnly && name.equals("hs_object_id"))
                .put("externalOptions", false)
                .put("hasUniqueValue", unique)
                .put("hidden", false)
                .put("formField", !readOnly);
        json.putObject("modificationMetadata")
                .put("archivable", !readOnly)
                .put("readOnlyDefinition", readOnly)
                .put("readOnlyValue", readOnly);
        return json;
    }

    private static String fieldType(String type) {
        return switch (type) {
            case "number" -> "number";
            case "date", "datetime" -> "date";
            case "enumeration" -> "select";
            case "bool" -> "booleancheckbox";
            default -> "text";
        };
    }

    private static String label(String name) {
        String spaced = name.replace('_', ' ');
        return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
