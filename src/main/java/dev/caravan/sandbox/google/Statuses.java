package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of accepted requests, in counts by destination, some time later. */
final class Statuses {

    private final Ground ground;
    private final Settings settings;
    private final Map<String, Taken> taken = new HashMap<>();

    private record Taken(Instant due, JsonNode destinations, String kind, int records, Map<String, Integer> errors) {}

    Statuses(Ground ground, Settings settings) {
        this.ground = ground;
        this.settings = settings.number("processing_ms", 1_000);
    }

    void clear() {
        taken.clear();
    }

    Reply accepted(Request request, JsonNode body, int records, Map<String, Integer> errors) {
        String id = "sb-" + request.number();
        if (!body.path("validateOnly").asBoolean(false)) {
            Instant due = ground.now().plusMillis(settings.get("processing_ms"));
            taken.put(id, new Taken(due, body.path("destinations"), kind(request), records, Map.copyOf(errors)));
        }
        return Reply.json(200, Json.object().put("requestId", id));
    }

    private static String kind(Request request) {
        return request.path().contains("events") ? "events" : request.path().contains("remove") ? "removal" : "members";
    }

    private static ObjectNode told(ObjectNode status, String kind) {
        return switch (kind) {
            case "events" -> status.putObject("eventsIngestionStatus");
            case "removal" -> status.putObject("audienceMembersRemovalStatus").putObject("userDataRemovalStatus");
            default -> status.putObject("audienceMembersIngestionStatus").putObject("userDataIngestionStatus");
        };
    }

    Reply retrieve(Request request, Map<String, String> captured) {
        Taken found = taken.get(request.query("requestId").orElse(""));
        if (found == null) {
            return GoogleError.notFound();
        }
        boolean done = !ground.now().isBefore(found.due());
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("requestStatusPerDestination");
        for (JsonNode destination : found.destinations()) {
            ObjectNode each = list.addObject();
            each.set("destination", destination);
            each.put("requestStatus", !done ? "PROCESSING" : found.errors().isEmpty() ? "SUCCESS" : "PARTIAL_SUCCESS");
            if (done) {
                told(each, found.kind()).put("recordCount", String.valueOf(found.records()));
            }
            if (done && !found.errors().isEmpty()) {
                ArrayNode counts = each.putObject("errorInfo").putArray("errorCounts");
                new TreeMap<>(found.errors())
                        .forEach((reason, rows) -> counts.addObject()
                                .put("recordCount", String.valueOf(rows))
                                .put("reason", reason));
            }
        }
        return Reply.json(200, json);
    }
}
