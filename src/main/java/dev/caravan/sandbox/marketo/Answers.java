package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import java.util.Collection;

/** Answers, all with status 200. */
final class Answers {

    private Answers() {}

    static Reply result(long number, Collection<ObjectNode> result) {
        ObjectNode json = Json.object().put("requestId", id(number));
        json.putArray("result").addAll(result);
        return Reply.json(200, json.put("success", true));
    }

    /** The form of answers about lists and other assets. */
    static Reply asset(long number, Collection<ObjectNode> result) {
        ObjectNode json = Json.object().put("success", true);
        json.putArray("errors");
        json.put("requestId", id(number));
        ArrayNode warnings = json.putArray("warnings");
        if (result.isEmpty()) {
            warnings.add("No assets found for the given search criteria.");
        } else {
            json.putArray("result").addAll(result);
        }
        return Reply.json(200, json);
    }

    static Reply error(long number, String code, String message) {
        ObjectNode json = Json.object().put("requestId", id(number)).put("success", false);
        json.putArray("errors").addObject().put("code", code).put("message", message);
        return Reply.json(200, json);
    }

    static ObjectNode skipped(String code, String message) {
        ObjectNode json = Json.object().put("status", "skipped");
        json.putArray("reasons").addObject().put("code", code).put("message", message);
        return json;
    }

    private static String id(long number) {
        return Long.toHexString(number) + "#" + Long.toHexString(1_772_352_000_000L + number);
    }
}
