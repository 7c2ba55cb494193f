package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Custom activities of leads. Nothing tells a repetition from another one: what is sent twice is there twice. */
final class ActivitiesApi {

    private static final int TYPE = 100_001;

    private final Ground ground;
    private final Table leads;
    private final Table activities = new Table();
    private int last = 900;

    ActivitiesApi(Ground ground, Table leads) {
        this.ground = ground;
        this.leads = leads;
    }

    Table table() {
        return activities;
    }

    Reply add(Request request, Map<String, String> captured) {
        return LeadsApi.each(
                request,
                request.json().path("input"),
                input -> refused(input).orElseGet(() -> {
                    String id = String.valueOf(++last);
                    ObjectNode activity = Json.object().put("id", last).setAll((ObjectNode) input.deepCopy());
                    activities.put(id, activity);
                    ground.wrote(
                            new Ground.Place("marketo", "activities", id, request.number()),
                            "",
                            "insert",
                            List.of("activityDate", "primaryAttributeValue", "attributes"));
                    return Json.object().put("id", last).put("status", "added");
                }));
    }

    private Optional<ObjectNode> refused(JsonNode input) {
        String lead = input.path("leadId").asText("");
        if (input.path("activityTypeId").asInt() != TYPE) {
            return Optional.of(skipped("1013", "Activity type not found"));
        }
        if (!leads.has(lead)) {
            return Optional.of(skipped("1004", "Lead '" + lead + "' not found"));
        }
        if (input.path("primaryAttributeValue").asText("").isEmpty()) {
            return Optional.of(skipped("1003", "primaryAttributeValue is required"));
        }
        return isMoment(input.path("activityDate").asText(""))
                ? Optional.empty()
                : Optional.of(skipped("1003", "Invalid value for activityDate"));
    }

    /** Activities say why under another name than all else. */
    private static ObjectNode skipped(String code, String message) {
        ObjectNode json = Json.object().put("status", "skipped");
        json.putArray("errors").addObject().put("code", code).put("message", message);
        return json;
    }

    private static boolean isMoment(String text) {
        try {
            return !OffsetDateTime.parse(text).equals(OffsetDateTime.MIN);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
