package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Records as answers have them, properties in the order of names. */
final class Rendering {

    private Rendering() {}

    /** After a create: all that it has. */
    static ObjectNode created(Row row) {
        return record(row, row.values());
    }

    /** After an update: what was sent and what the portal changed, which for contacts leaves out the record's own id. */
    static ObjectNode updated(ObjectType type, Row row, Map<String, String> sent) {
        Map<String, String> shown = new TreeMap<>(sent);
        shown.put(type.modified(), row.updatedAt().toString());
        if (!type.names().constant().equals("CONTACT")) {
            shown.put("hs_object_id", row.id());
            shown.put(type.created(), row.createdAt().toString());
        } else if (sent.containsKey("email") && row.get("hs_email_domain") != null) {
            shown.put("hs_email_domain", String.valueOf(row.get("hs_email_domain")));
        }
        return record(row, shown);
    }

    /** The properties asked for, null where there is no value, and those that always come. */
    static ObjectNode read(ObjectType type, Row row, Collection<String> asked) {
        TreeSet<String> names = new TreeSet<>(asked.isEmpty() ? type.shown() : asked);
        names.removeIf(name -> type.property(name).isEmpty());
        names.addAll(List.of("hs_object_id", type.created(), type.modified()));
        Map<String, String> values = new TreeMap<>();
        names.forEach(name -> values.put(name, row.get(name)));
        return record(row, values);
    }

    /** What properties were before, newest first. */
    static ObjectNode history(Row row, Collection<String> properties) {
        ObjectNode all = Json.object();
        for (String property : properties) {
            ArrayNode versions = all.putArray(property);
            for (Row.Version version : row.history(property)) {
                versions.addObject()
                        .put("value", version.value())
                        .put("timestamp", version.at().toString())
                        .put("sourceType", version.source())
                        .put("sourceId", String.valueOf(HubSpot.APP));
            }
        }
        return all;
    }

    /** The frame of a batch answer. */
    static ObjectNode batch(Instant at, Collection<ObjectNode> results) {
        ObjectNode json = Json.object().put("status", "COMPLETE");
        json.putArray("results").addAll(results);
        return json.put("startedAt", at.toString()).put("completedAt", at.toString());
    }

    private static ObjectNode record(Row row, Map<String, String> values) {
        ObjectNode json = Json.object().put("id", row.id());
        ObjectNode properties = json.putObject("properties");
        values.forEach(properties::put);
        return json.put("createdAt", row.createdAt().toString())
                .put("updatedAt", row.updatedAt().toString())
                .put("archived", row.archived());
    }
}
