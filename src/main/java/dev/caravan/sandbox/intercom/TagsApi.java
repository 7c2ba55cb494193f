package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags, and who has them. */
final class TagsApi {

    private final ContactsApi contacts;
    private final Map<String, String> names = new LinkedHashMap<>();
    private int last = 4_900_000;

    TagsApi(ContactsApi contacts) {
        this.contacts = contacts;
    }

    void clear() {
        names.clear();
    }

    Reply list(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("type", "list");
        ArrayNode data = json.putArray("data");
        names.keySet().forEach(id -> data.add(json(id)));
        return Reply.json(200, json);
    }

    Reply create(Request request, Map<String, String> captured) {
        String name = request.json().path("name").asText("");
        if (name.isEmpty()) {
            return Failures.of(400, "parameter_invalid", "name is required");
        }
        for (Map.Entry<String, String> tag : names.entrySet()) {
            if (tag.getValue().equals(name)) {
                return Reply.json(200, json(tag.getKey()));
            }
        }
        String id = String.valueOf(++last);
        names.put(id, name);
        return Reply.json(200, json(id));
    }

    Reply of(Request request, Map<String, String> captured) {
        return contacts.live(captured)
                .map(contact -> {
                    ObjectNode json = Json.object().put("type", "list");
                    json.set("data", contact.at("/tags/data"));
                    return Reply.json(200, json);
                })
                .orElseGet(Failures::notFound);
    }

    Reply add(Request request, Map<String, String> captured) {
        return change(request, captured, request.json().path("id").asText(), true);
    }

    Reply remove(Request request, Map<String, String> captured) {
        return change(request, captured, captured.getOrDefault("tag", ""), false);
    }

    private Reply change(Request request, Map<String, String> captured, String tag, boolean adding) {
        Optional<ObjectNode> contact = contacts.live(captured);
        if (contact.isEmpty()) {
            return Failures.notFound();
        }
        if (!names.containsKey(tag)) {
            return Failures.of(404, "not_found", "Resource Not Found");
        }
        ArrayNode kept = Json.array();
        boolean had = false;
        for (JsonNode each : contact.get().at("/tags/data")) {
            boolean same = each.path("id").asText().equals(tag);
            had |= same;
            if (!same) {
                kept.add(each);
            }
        }
        if (adding) {
            kept.add(json(tag));
        }
        ObjectNode tags = contact.get().withObject("/tags");
        tags.set("data", kept);
        tags.put("total_count", kept.size());
        String id = contact.get().path("id").asText();
        contacts.table().put(id, contact.get());
        if (had != adding) {
            contacts.wrote(request, id, tag, adding ? "add" : "remove", List.of("tags"));
        }
        return Reply.json(200, json(tag));
    }

    private ObjectNode json(String id) {
        return Json.object().put("type", "tag").put("id", id).put("name", names.getOrDefault(id, ""));
    }
}
