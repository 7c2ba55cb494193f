package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Portal;
import dev.caravan.sandbox.hubspot.store.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Static lists: version 1 of contacts by e-mail address or id, as recorded, and version 3 memberships of any object, as documented. */
final class ListsApi {

    private final Portal portal;
    private final Map<String, Roll> lists = new LinkedHashMap<>();

    ListsApi(Portal portal) {
        this.portal = portal;
    }

    /** A list; its type is of all its members. */
    private record Roll(String id, String name, ObjectType type, long createdAt, Set<String> members) {
        ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("portalId", HubSpot.PORTAL)
                    .put("listId", Long.valueOf(id))
                    .put("internalListId", Long.valueOf(id))
                    .put("createdAt", createdAt)
                    .put("updatedAt", createdAt)
                    .put("name", name)
                    .put("listType", "STATIC");
            json.putArray("filters");
            json.putObject("metaData")
                    .put("size", members.size())
                    .put("lastSizeChangeAt", 0)
                    .put("processing", "DONE")
                    .put("lastProcessingStateChangeAt", createdAt)
                    .put("error", "")
                    .putNull("listReferencesCount")
                    .putNull("parentFolderId");
            json.put("archived", false).putArray("teamIds");
            return json.put("dynamic", false);
        }
    }

    void clear() {
        lists.clear();
    }

    /** Lists and their members, for looking in from outside. */
    List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        lists.values().forEach(list -> {
            ObjectNode json = Json.object().put("id", list.id()).put("name", list.name());
            ArrayNode members = json.putArray("members");
            list.members().forEach(members::add);
            all.add(json);
        });
        return all;
    }

    Reply create(Request request, Map<String, String> captured) {
        return Reply.json(200, made(body(request), contacts()).json());
    }

    Reply createV3(Request request, Map<String, String> captured) {
        JsonNode body = body(request);
        String asked = body.path("objectTypeId").asText();
        Optional<ObjectType> type = portal.catalogue().find(asked);
        if (type.isEmpty()) {
            return Failures.noSuchType(asked);
        }
        Roll list = made(body, type.get());
        ObjectNode json = Json.object();
        json.putObject("list")
                .put("listId", list.id())
                .put("name", list.name())
                .put("objectTypeId", list.type().names().id())
                .put("processingType", "MANUAL")
                .put("processingStatus", "COMPLETE")
                .put("listVersion", 1);
        return Reply.json(200, json);
    }

    Reply all(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("offset", lists.size());
        ArrayNode listed = json.putArray("lists");
        lists.values().forEach(list -> listed.add(list.json()));
        return Reply.json(200, json.put("has-more", false));
    }

    Reply delete(Request request, Map<String, String> captured) {
        return lists.remove(captured.getOrDefault("list", "")) == null ? Failures.notFound() : Reply.empty(204);
    }

    Reply add(Request request, Map<String, String> captured) {
        return change(request, captured, true);
    }

    Reply remove(Request request, Map<String, String> captured) {
        return change(request, captured, false);
    }

    Reply addV3(Request request, Map<String, String> captured) {
        return changeV3(request, captured, body(request), Json.array());
    }

    Reply removeV3(Request request, Map<String, String> captured) {
        return changeV3(request, captured, Json.array(), body(request));
    }

    Reply changeV3(Request request, Map<String, String> captured) {
        JsonNode body = body(request);
        return changeV3(request, captured, body.path("recordIdsToAdd"), body.path("recordIdsToRemove"));
    }

    Reply members(Request request, Map<String, String> captured) {
        Roll list = lists.get(captured.getOrDefault("list", ""));
        if (list == null) {
            return Failures.notFound();
        }
        ObjectNode json = Json.object();
        ArrayNode results = json.putArray("results");
        list.members()
                .forEach(id -> results.addObject()
                        .put("recordId", id)
                        .put("membershipTimestamp", portal.now().toString()));
        return Reply.json(200, json.put("total", list.members().size()));
    }

    /** Which lists each of these records is in; one that its type does not have is an error. */
    Reply of(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("status", "COMPLETE");
        ArrayNode results = json.putArray("results");
        ArrayNode errors = Json.array();
        for (JsonNode input : body(request).path("inputs")) {
            String id = input.path("recordId").asText();
            String type = input.path("objectTypeId").asText();
            if (portal.catalogue().find(type).flatMap(it -> it.row(id)).isEmpty()) {
                errors.addObject()
                        .put("status", "error")
                        .put("category", "OBJECT_NOT_FOUND")
                        .put("message", "not found");
                continue;
            }
            ArrayNode memberships = results.addObject()
                    .put("objectTypeId", type)
                    .put("recordId", id)
                    .putArray("recordListMemberships");
            lists.values().stream()
                    .filter(list -> list.members().contains(id))
                    .forEach(list -> memberships.addObject().put("listId", list.id()));
        }
        if (errors.isEmpty()) {
            return Reply.json(200, json);
        }
        return Reply.json(207, json.put("numErrors", errors.size()).set("errors", errors));
    }

    private Roll made(JsonNode body, ObjectType type) {
        Roll list = new Roll(
                portal.nextId(), body.path("name").asText(), type, portal.now().toEpochMilli(), new LinkedHashSet<>());
        lists.put(list.id(), list);
        return list;
    }

    // Who was in already, or was not in, is "discarded"; an address nobody has is not said to be so, it is just left
    // out.
    private Reply change(Request request, Map<String, String> captured, boolean adding) {
        Roll list = lists.get(captured.getOrDefault("list", ""));
        if (list == null) {
            return Failures.notFound();
        }
        JsonNode body = body(request);
        ObjectNode json = Json.object();
        ArrayNode updated = json.putArray("updated");
        ArrayNode discarded = json.putArray("discarded");
        ArrayNode invalidVids = json.putArray("invalidVids");
        ArrayNode invalidEmails = json.putArray("invalidEmails");
        for (JsonNode email : body.path("emails")) {
            Optional<Row> row = contacts().find("email", email.asText());
            row.ifPresentOrElse(
                    it -> (moved(request, list, it.id(), adding) ? updated : discarded).add(Long.valueOf(it.id())),
                    () -> invalidEmails.add(email.asText()));
        }
        for (JsonNode vid : body.path("vids")) {
            contacts()
                    .row(vid.asText())
                    .ifPresentOrElse(
                            it -> (moved(request, list, it.id(), adding) ? updated : discarded)
                                    .add(Long.valueOf(it.id())),
                            () -> invalidVids.add(vid));
        }
        return Reply.json(200, json);
    }

    private Reply changeV3(Request request, Map<String, String> captured, JsonNode adds, JsonNode removes) {
        Roll list = lists.get(captured.getOrDefault("list", ""));
        if (list == null) {
            return Failures.of(404, "OBJECT_NOT_FOUND", "List does not exist with ID " + captured.get("list") + ".");
        }
        ObjectNode json = Json.object();
        ArrayNode missing = json.putArray("recordIdsMissing");
        ArrayNode removed = json.putArray("recordIdsRemoved");
        ArrayNode added = json.putArray("recordsIdsAdded");
        for (JsonNode id : adds) {
            if (list.type().row(id.asText()).isEmpty()) {
                missing.add(id.asText());
            } else if (moved(request, list, id.asText(), true)) {
                added.add(id.asText());
            }
        }
        for (JsonNode id : removes) {
            if (list.type().row(id.asText()).isEmpty()) {
                missing.add(id.asText());
            } else if (moved(request, list, id.asText(), false)) {
                removed.add(id.asText());
            }
        }
        return Reply.json(200, json);
    }

    private boolean moved(Request request, Roll list, String id, boolean adding) {
        boolean moved = adding ? list.members().add(id) : list.members().remove(id);
        if (moved) {
            portal.wrote("lists", list.id() + "-" + id, adding ? "add" : "remove", request.number());
        }
        return moved;
    }

    private ObjectType contacts() {
        return portal.catalogue().find("contacts").orElseThrow();
    }

    private static JsonNode body(Request request) {
        return Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode node) ? node : Json.object();
    }
}
