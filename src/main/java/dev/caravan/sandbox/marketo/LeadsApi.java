package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leads: results in the order of the inputs, one for each, of which some may be {@code skipped} for a reason. */
final class LeadsApi {

    static final int MOST = 300;

    private final Ground ground;
    private final Fields fields;
    private final Table leads = new Table("email", "phone", "externalCompanyId");
    private int lastId = 7_000;

    LeadsApi(Ground ground, Fields fields) {
        this.ground = ground;
        this.fields = fields;
    }

    Table table() {
        return leads;
    }

    /** {@code POST /rest/v1/leads.json}, which is a deletion or a search when {@code _method} says so. */
    Reply sync(Request request, Map<String, String> captured) {
        String method =
                request.query("_method").orElse(Query.parse(request.text()).getOrDefault("_method", ""));
        if (method.equals("DELETE")) {
            return delete(request, captured);
        }
        JsonNode body = request.json();
        String action = body.path("action").asText("createOrUpdate");
        if (!List.of("createOrUpdate", "createOnly", "updateOnly", "createDuplicate")
                .contains(action)) {
            return Answers.error(request.number(), "1003", "Invalid value for action: " + action);
        }
        String lookup = body.path("lookupField").asText("email");
        if (!fields.has(lookup)) {
            return Answers.error(request.number(), "1006", "Field '" + lookup + "' not found");
        }
        return each(request, body.path("input"), input -> written(request, action, lookup, input));
    }

    Reply delete(Request request, Map<String, String> captured) {
        return each(request, request.json().path("input"), input -> {
            String id = input.path("id").asText();
            if (!leads.remove(id)) {
                return Answers.skipped("1004", "Lead not found");
            }
            ground.wrote(new Ground.Place("marketo", "leads", id, request.number()), "", "delete", List.of());
            return Json.object().put("id", Integer.valueOf(id)).put("status", "deleted");
        });
    }

    Reply find(Request request, Map<String, String> captured) {
        String type = request.query("filterType").orElse("");
        List<String> values = request.queries("filterValues");
        if (!fields.has(type) || values.size() > MOST) {
            return Answers.error(request.number(), "1003", "Invalid filterType '" + type + "'");
        }
        List<String> asked = request.queries("fields");
        List<ObjectNode> found = new ArrayList<>();
        for (String value : values) {
            List<String> ids = type.equals("id") ? List.of(value) : leads.find(type, value);
            ids.forEach(id -> leads.get(id).ifPresent(lead -> found.add(shown(lead, asked))));
        }
        return Answers.result(request.number(), found);
    }

    static ObjectNode shown(ObjectNode lead, List<String> asked) {
        List<String> names =
                asked.isEmpty() ? List.of("id", "firstName", "lastName", "email", "updatedAt", "createdAt") : asked;
        ObjectNode json = Json.object();
        names.forEach(name -> json.set(name, lead.hasNonNull(name) ? lead.get(name) : json.nullNode()));
        return json;
    }

    @FunctionalInterface
    interface Row {
        ObjectNode result(JsonNode input);
    }

    /** One result for each input, in order. */
    static Reply each(Request request, JsonNode inputs, Row row) {
        if (!inputs.isArray() || inputs.isEmpty()) {
            return Answers.error(request.number(), "609", "Invalid JSON");
        }
        if (inputs.size() > MOST) {
            return Answers.error(request.number(), "1003", "Number of records exceeds the limit of " + MOST);
        }
        List<ObjectNode> results = new ArrayList<>();
        inputs.forEach(input -> results.add(row.result(input)));
        return Answers.result(request.number(), results);
    }

    ObjectNode written(Request request, String action, String lookup, JsonNode input) {
        Optional<ObjectNode> refused = fields.refuse(input);
        if (refused.isPresent()) {
            return refused.get();
        }
        String key = input.path(lookup).asText("");
        if (key.isEmpty()) {
            return Answers.skipped("1003", "Field '" + lookup + "' is required");
        }
        List<String> found =
                lookup.equals("id") ? (leads.has(key) ? List.of(key) : List.of()) : leads.find(lookup, key);
        if (found.size() > 1) {
            return Answers.skipped("1007", "Multiple lead match lookup criteria");
        }
        boolean exists = !found.isEmpty() && !action.equals("createDuplicate");
        if (exists && action.equals("createOnly")) {
            return Answers.skipped("1005", "Lead already exists");
        }
        if (!exists && (action.equals("updateOnly") || lookup.equals("id"))) {
            return Answers.skipped("1004", "Lead not found");
        }
        return stored(request, exists ? found.getFirst() : "", key, input);
    }

    private ObjectNode stored(Request request, String existing, String key, JsonNode input) {
        boolean isNew = existing.isEmpty();
        String id = isNew ? String.valueOf(++lastId) : existing;
        String now = ground.now().toString();
        ObjectNode lead = isNew
                ? Json.object().put("id", Integer.valueOf(id)).put("createdAt", now)
                : leads.get(id).orElseThrow();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : input.properties()) {
            names.add(field.getKey());
            if (field.getValue().isNull()) {
                lead.remove(field.getKey());
            } else if (!Fields.isReadOnly(field.getKey())) {
                lead.set(field.getKey(), field.getValue());
            }
        }
        leads.put(id, lead.put("updatedAt", now));
        ground.wrote(
                new Ground.Place("marketo", "leads", id, request.number()), key, isNew ? "insert" : "update", names);
        return Json.object().put("id", Integer.valueOf(id)).put("status", isNew ? "created" : "updated");
    }
}
