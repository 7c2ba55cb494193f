package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Static lists and who is in them. List 1001 is there from the start. */
final class ListsApi {

    private static final String FIRST = "1001";

    private final Ground ground;
    private final LeadsApi leads;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Set<String>> members = new LinkedHashMap<>();

    ListsApi(Ground ground, LeadsApi leads) {
        this.ground = ground;
        this.leads = leads;
        clear();
    }

    void clear() {
        names.clear();
        members.clear();
        names.put(FIRST, "Caravan");
        members.put(FIRST, new LinkedHashSet<>());
    }

    /** Lists with their members, for looking in from outside. */
    List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        names.forEach((id, name) -> all.add(Json.object()
                .put("id", id)
                .put("name", name)
                .put("members", String.join(" ", members.getOrDefault(id, Set.of())))));
        return all;
    }

    Reply create(Request request, Map<String, String> captured) {
        String id = String.valueOf(1_001 + names.size());
        names.put(id, Query.parse(request.text()).getOrDefault("name", "List " + id));
        members.put(id, new LinkedHashSet<>());
        return Answers.asset(request.number(), List.of(json(id)));
    }

    Reply byName(Request request, Map<String, String> captured) {
        List<ObjectNode> found = new ArrayList<>();
        names.forEach((id, name) -> {
            if (name.equals(request.query("name").orElse(""))) {
                found.add(json(id));
            }
        });
        return Answers.asset(request.number(), found);
    }

    Reply delete(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("list", "");
        names.remove(id);
        members.remove(id);
        return Answers.asset(request.number(), List.of(Json.object().put("id", id)));
    }

    Reply add(Request request, Map<String, String> captured) {
        Set<String> list = members.get(captured.getOrDefault("list", ""));
        if (list == null) {
            return Answers.error(request.number(), "1013", "List not found");
        }
        return LeadsApi.each(request, request.json().path("input"), input -> {
            String id = input.path("id").asText();
            if (!leads.table().has(id)) {
                return Answers.skipped("1004", "Lead not found");
            }
            if (list.add(id)) {
                wrote(request, captured, id, "add");
            }
            return Json.object().put("id", Integer.valueOf(id)).put("status", "added");
        });
    }

    Reply remove(Request request, Map<String, String> captured) {
        Set<String> list = members.get(captured.getOrDefault("list", ""));
        if (list == null) {
            return Answers.error(request.number(), "1013", "List not found");
        }
        List<ObjectNode> results = new ArrayList<>();
        List<String> ids = new ArrayList<>(request.queries("id"));
        request.json().path("input").forEach(input -> ids.add(input.path("id").asText()));
        for (String id : ids) {
            ObjectNode json = Json.object();
            if (id.matches("\\d{1,9}")) {
                json.put("id", Integer.valueOf(id));
            }
            if (list.remove(id)) {
                wrote(request, captured, id, "remove");
                results.add(json.put("status", "removed"));
            } else {
                results.add(json.setAll(Answers.skipped("1015", "Lead not in list")));
            }
        }
        return Answers.result(request.number(), results);
    }

    Reply members(Request request, Map<String, String> captured) {
        Set<String> list = members.get(captured.getOrDefault("list", ""));
        if (list == null) {
            return Answers.error(request.number(), "1013", "List not found");
        }
        List<ObjectNode> found = new ArrayList<>();
        list.forEach(id -> leads.table().get(id).ifPresent(lead -> found.add(LeadsApi.shown(lead, List.of()))));
        return Answers.result(request.number(), found);
    }

    private void wrote(Request request, Map<String, String> captured, String id, String operation) {
        Ground.Place place = new Ground.Place("marketo", "lists", captured.get("list") + "-" + id, request.number());
        ground.wrote(place, "", operation, List.of());
    }

    private ObjectNode json(String id) {
        ObjectNode json = Json.object()
                .put("id", Integer.valueOf(id))
                .put("name", names.getOrDefault(id, ""))
                .put("createdAt", ground.now() + "+0000")
                .put("updatedAt", ground.now() + "+0000");
        json.putObject("folder").put("id", 12).put("type", "Folder");
        return json.put("computedUrl", "http://127.0.0.1/#ST" + id).put("workspace", "Default");
    }
}
