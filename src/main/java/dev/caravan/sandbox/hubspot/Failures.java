package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.hubspot.store.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Error answers of whole requests. */
final class Failures {

    private Failures() {}

    static Reply of(int status, String category, String message) {
        return Reply.json(status, body(message).put("category", category));
    }

    static Reply validation(String message) {
        return of(400, "VALIDATION_ERROR", message);
    }

    /** The whole request refused for values of some of its records, without a word on which records. */
    static Reply invalid(List<Invalid> invalid) {
        ObjectNode json = body(message(invalid)).put("category", "VALIDATION_ERROR");
        ArrayNode errors = json.putArray("errors");
        invalid.forEach(each -> errors.add(each.listed()));
        return Reply.json(400, json);
    }

    static Reply notFound() {
        return of(404, "OBJECT_NOT_FOUND", "resource not found");
    }

    static Reply noSuchType(String word) {
        return validation("Unable to infer object type from: " + word);
    }

    /** What is wrong with values, as JSON within a text. */
    static String message(List<Invalid> invalid) {
        ArrayNode embedded = Json.array();
        invalid.forEach(each -> embedded.add(each.embedded()));
        return "Property values were not valid: " + embedded;
    }

    /** The start of every error body; the correlation id follows from the message, so that runs repeat. */
    static ObjectNode body(String message) {
        return Json.object()
                .put("status", "error")
                .put("message", message)
                .put(
                        "correlationId",
                        UUID.nameUUIDFromBytes(message.getBytes(StandardCharsets.UTF_8))
                                .toString());
    }
}
