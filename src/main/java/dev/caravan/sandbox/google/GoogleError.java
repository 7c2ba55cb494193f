package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import java.util.List;

/** Error answers, as all of Google's APIs have them. */
final class GoogleError {

    private GoogleError() {}

    static Reply of(int status, String word, String message, List<ObjectNode> details) {
        ObjectNode json = Json.object();
        ObjectNode error = json.putObject("error")
                .put("code", status)
                .put("message", message)
                .put("status", word);
        if (!details.isEmpty()) {
            ArrayNode list = error.putArray("details");
            details.forEach(list::add);
        }
        return Reply.json(status, json);
    }

    static Reply unauthenticated() {
        return of(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token.",
                List.of());
    }

    static Reply notFound() {
        return of(404, "NOT_FOUND", "Requested entity was not found.", List.of());
    }

    static ObjectNode info(String reason, String domain) {
        return Json.object()
                .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                .put("reason", reason)
                .put("domain", domain);
    }
}
