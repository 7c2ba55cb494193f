package dev.caravan.sandbox.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;

/** The one form of errors; mostly with status 400, so that the code decides. */
final class GraphError {

    private GraphError() {}

    static Reply of(int code, int subcode, String message) {
        return of(400, code, subcode, message, false);
    }

    static Reply of(int status, int code, int subcode, String message, boolean isTransient) {
        return Reply.json(status, error(code, subcode, message, isTransient));
    }

    private static ObjectNode error(int code, int subcode, String message, boolean isTransient) {
        ObjectNode json = Json.object();
        ObjectNode error = json.putObject("error")
                .put("message", message)
                .put("type", "OAuthException")
                .put("code", code);
        if (subcode > 0) {
            error.put("error_subcode", subcode);
        }
        error.put("is_transient", isTransient).put("fbtrace_id", "A" + Integer.toHexString(message.hashCode()));
        return json;
    }

    /** A parameter that is wrong, with the words for people beside those for programs. */
    static Reply forPeople(int subcode, String title, String message) {
        ObjectNode json = error(100, subcode, "Invalid parameter", false);
        json.withObject("/error").put("error_user_title", title).put("error_user_msg", message);
        return Reply.json(400, json);
    }

    static Reply unknown(String id) {
        return of(
                100,
                33,
                "Unsupported post request. Object with ID '" + id
                        + "' does not exist, cannot be loaded due to missing permissions, or does not support this operation");
    }

    static Reply html(int status) {
        return Reply.of(
                status,
                "text/html; charset=utf-8",
                "<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>"
                        .getBytes(StandardCharsets.UTF_8));
    }
}
