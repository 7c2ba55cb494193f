package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;

/** The one form of errors. */
final class Failures {

    private Failures() {}

    static Reply of(int status, String code, String message) {
        ObjectNode json = Json.object()
                .put("type", "error.list")
                .put("request_id", "sb" + Integer.toHexString(message.hashCode()));
        json.putArray("errors").addObject().put("code", code).put("message", message);
        return Reply.json(status, json);
    }

    static Reply notFound() {
        return of(404, "not_found", "User Not Found");
    }
}
