package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;

/** Error answers. */
final class Failures {

    private Failures() {}

    static Reply of(int status, String error, String description) {
        return Reply.json(status, Json.object().put("error", error).put("description", description));
    }

    static Reply notFound() {
        return of(404, "RecordNotFound", "Not found");
    }

    static Reply invalid(String field, String description) {
        ObjectNode json = Json.object().put("error", "RecordInvalid").put("description", "Record validation errors");
        json.putObject("details").putArray(field).addObject().put("description", description);
        return Reply.json(422, json);
    }
}
