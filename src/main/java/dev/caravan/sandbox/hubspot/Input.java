package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One record of a batch request.
 *
 * @param id what it is matched by; empty in a create
 * @param idProperty the property that {@code id} is a value of; empty for the record id
 * @param trace the {@code objectWriteTraceId}, or empty
 */
record Input(String id, String idProperty, String trace, Map<String, String> values) {

    /** The inputs, or what the JSON reader of the real one would say. */
    sealed interface Reading {}

    record Inputs(List<Input> list) implements Reading {}

    record Broken(String message) implements Reading {}

    static Reading read(JsonNode body) {
        List<Input> inputs = new ArrayList<>();
        if (!body.path("inputs").isArray()) {
            return new Broken("Invalid input JSON: required fields missing: inputs");
        }
        for (JsonNode each : body.path("inputs")) {
            Map<String, String> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> value : each.path("properties").properties()) {
                if (!value.getValue().isTextual()) {
                    return new Broken(
                            "Invalid input JSON on line 1: Cannot deserialize value of type `java.lang.String` from "
                                    + value.getValue().getNodeType() + " for property " + value.getKey());
                }
                values.put(value.getKey(), value.getValue().asText());
            }
            String id = each.path("id").isTextual() ? each.path("id").asText() : "";
            inputs.add(new Input(
                    id,
                    each.path("idProperty").asText(""),
                    each.path("objectWriteTraceId").asText(""),
                    values));
        }
        return new Inputs(inputs);
    }

    /** The same to whom knows no trace ids. */
    Input untraced() {
        return new Input(id, idProperty, "", values);
    }

    /** The property it is matched by. */
    String matchedBy() {
        return idProperty.isEmpty() ? "hs_object_id" : idProperty;
    }

    /** What the ledger calls the key: nothing for a record id. */
    String key() {
        return idProperty.isEmpty() ? "" : id;
    }
}
