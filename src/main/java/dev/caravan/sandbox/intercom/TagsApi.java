package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tags, and who has them. */
final class TagsApi {

    private final Belongings contacts;
    private final Map<String, String> names = new LinkedHashMap<>();
    private int last = 4_900_000;

    TagsApi(ContactsApi contacts) {
        this.contacts = new Belongings(contacts, "tags");
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
        return contacts.of(request, captured);
    }

    Reply add(Request request, Map<String, String> captured) {
        return contacts.change(request, captured, tag(request.json().path("id").asText()), true);
    }

    Reply remove(Request request, Map<String, String> captured) {
        return contacts.change(request, captured, tag(captured.getOrDefault("tag", "")), false);
    }

    private Optional<ObjectNode> tag(String id) {
        return names.containsKey(id) ? Optional.of(json(id)) : Optional.empty();
    }

    private ObjectNode json(String id) {
        return Json.object().put("type", "tag").put("id", id).put("name", names.getOrDefault(id, ""));
    }
}
