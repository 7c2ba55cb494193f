package dev.caravan.sandbox.hubspot.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;

/** A value that a property does not take. */
public record Invalid(String message, String error, String property) {

    /** As the error's message carries it, JSON within a text. */
    public ObjectNode embedded() {
        return Json.object()
                .put("isValid", false)
                .put("message", message)
                .put("error", error)
                .put("name", property);
    }

    /** As the error's list {@code errors} has it. */
    public ObjectNode listed() {
        ObjectNode json = Json.object().put("message", message).put("code", error);
        json.putObject("context").putArray("propertyName").add(property);
        return json;
    }
}
