package dev.caravan.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversions: one event that is too old fails the whole request; a repeated one is received and counted, but kept once. */
final class EventsApi {

    private static final int MOST = 1_000;
    private static final Duration OLDEST = Duration.ofDays(7);
    private static final Duration OLDEST_IN_A_SHOP = Duration.ofDays(62);
    private static final Duration REMEMBERED = Duration.ofDays(2);

    private final Ground ground;
    private final Table events = new Table();
    private final Map<String, Instant> seen = new HashMap<>();
    private int last;

    EventsApi(Ground ground) {
        this.ground = ground;
    }

    Table events() {
        return events;
    }

    void clear() {
        events.clear();
        seen.clear();
    }

    Reply receive(Request request, Map<String, String> captured) {
        JsonNode data = request.json().path("data");
        if (!data.isArray() || data.isEmpty() || data.size() > MOST) {
            return GraphError.of(100, 0, "(#100) param data must be an array of 1 to " + MOST + " events");
        }
        for (int i = 0; i < data.size(); i++) {
            Optional<Reply> refused = refuse(data.get(i), i);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        data.forEach(event -> keep(request, event));
        ObjectNode json = Json.object().put("events_received", data.size());
        json.putArray("messages");
        return Reply.json(200, json.put("fbtrace_id", "A" + request.number()));
    }

    private Optional<Reply> refuse(JsonNode event, int index) {
        for (String field : List.of("event_name", "event_time", "user_data", "action_source")) {
            if (!event.hasNonNull(field)) {
                return Optional.of(GraphError.of(
                        100, 2_804_050, "Invalid parameter: data[" + index + "][" + field + "] is required"));
            }
        }
        Instant at = Instant.ofEpochSecond(event.path("event_time").asLong());
        Instant now = ground.now();
        Duration oldest = event.path("action_source").asText().equals("physical_store") ? OLDEST_IN_A_SHOP : OLDEST;
        if (!event.path("event_time").isIntegralNumber()
                || at.isBefore(now.minus(oldest))
                || at.isAfter(now.plusSeconds(60))) {
            return Optional.of(GraphError.forPeople(
                    2_804_003,
                    "Event Timestamp Too Old",
                    "event_time of data[" + index + "] is not within the last " + oldest.toDays() + " days"));
        }
        return Optional.empty();
    }

    private void keep(Request request, JsonNode event) {
        String id = event.path("event_id").asText("");
        String once = event.path("event_name").asText() + "\n" + id;
        Instant before = id.isEmpty() ? null : seen.put(once, ground.now());
        if (before != null && before.plus(REMEMBERED).isAfter(ground.now())) {
            seen.put(once, before);
            return;
        }
        String place = String.valueOf(++last);
        events.put(place, event.deepCopy());
        ground.wrote(new Ground.Place("meta", "events", place, request.number()), id, "insert", List.of());
    }
}
