package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What contacts have: a list of one name within each, such as {@code tags}. */
final class Belongings {

    private final ContactsApi contacts;
    private final String list;

    Belongings(ContactsApi contacts, String list) {
        this.contacts = contacts;
        this.list = list;
    }

    Reply of(Request request, Map<String, String> captured) {
        return contacts.live(captured)
                .map(contact -> {
                    ObjectNode json = Json.object().put("type", "list");
                    json.set("data", contact.at("/" + list + "/data"));
                    return Reply.json(200, json);
                })
                .orElseGet(Failures::notFound);
    }

    /** Gives or takes away the thing, which is answered; where there is no contact or no thing, that is said. */
    Reply change(Request request, Map<String, String> captured, Optional<ObjectNode> thing, boolean giving) {
        Optional<ObjectNode> contact = contacts.live(captured);
        if (contact.isEmpty()) {
            return Failures.notFound();
        }
        if (thing.isEmpty()) {
            return Failures.of(404, "not_found", "Resource Not Found");
        }
        String id = thing.get().path("id").asText();
        boolean had = without(contact.get(), id);
        ArrayNode kept = (ArrayNode) contact.get().at("/" + list + "/data");
        if (giving) {
            kept.add(thing.get());
        }
        contact.get().withObject("/" + list).put("total_count", kept.size());
        String whose = contact.get().path("id").asText();
        contacts.table().put(whose, contact.get());
        if (had != giving) {
            contacts.wrote(request, whose, id, giving ? "add" : "remove", List.of(list));
        }
        return Reply.json(200, thing.get());
    }

    /** Takes what is no more from everybody who had it. */
    void forget(String id) {
        for (ObjectNode contact : contacts.table().all()) {
            if (without(contact, id)) {
                contact.withObject("/" + list)
                        .put("total_count", contact.at("/" + list + "/data").size());
                contacts.table().put(contact.path("id").asText(), contact);
            }
        }
    }

    private boolean without(ObjectNode contact, String id) {
        ArrayNode kept = Json.array();
        boolean had = false;
        for (JsonNode each : contact.at("/" + list + "/data")) {
            boolean same = each.path("id").asText().equals(id);
            had |= same;
            if (!same) {
                kept.add(each);
            }
        }
        contact.withObject("/" + list).set("data", kept);
        return had;
    }
}
