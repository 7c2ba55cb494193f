package dev.caravan.sandbox.braze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes what users are and what they did. */
final class UsersApi {

    private static final int MOST = 75;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final Set<String> WHO =
            Set.of("external_id", "braze_id", "user_alias", "email", "phone", "_update_existing_only");

    private final Ground ground;
    private final Profiles users;
    private final Table events = new Table();
    private final Table purchases = new Table();
    private int lastId;

    UsersApi(Ground ground, Profiles users) {
        this.ground = ground;
        this.users = users;
    }

    Table events() {
        return events;
    }

    Table purchases() {
        return purchases;
    }

    void clear() {
        events.clear();
        purchases.clear();
    }

    Reply track(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        int size = body.path("attributes").size()
                + body.path("events").size()
                + body.path("purchases").size();
        if (!body.isObject() || size == 0) {
            return fatal("Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.");
        }
        if (size > MOST) {
            return fatal("A maximum of " + MOST + " attributes, events and purchases may be sent in one request.");
        }
        ArrayNode errors = Json.array();
        ObjectNode json = Json.object();
        count(json, body, "attributes", errors, each -> attributes(request, each));
        count(json, body, "events", errors, each -> happened(request, events, "events", each, "name"));
        count(json, body, "purchases", errors, each -> happened(request, purchases, "purchases", each, "product_id"));
        json.put("message", "success");
        if (!errors.isEmpty()) {
            json.set("errors", errors);
        }
        return Reply.json(201, json);
    }

    @FunctionalInterface
    private interface One {
        /** Takes it, or says why not. */
        Optional<String> take(JsonNode each);
    }

    private static void count(ObjectNode json, JsonNode body, String name, ArrayNode errors, One one) {
        JsonNode list = body.path(name);
        if (list.isMissingNode()) {
            return;
        }
        int taken = 0;
        for (int i = 0; i < list.size(); i++) {
            Optional<String> wrong = one.take(list.get(i));
            if (wrong.isPresent()) {
                errors.addObject()
                        .put("type", wrong.get())
                        .put("input_array", name)
                        .put("index", i);
            } else {
                taken++;
            }
        }
        json.put(name + "_processed", taken);
    }

    private Optional<String> attributes(Request request, JsonNode each) {
        Optional<String> wrong = nobody(each);
        if (wrong.isPresent()) {
            return wrong;
        }
        JsonNode email = each.path("email");
        if (!email.isMissingNode()
                && !email.isNull()
                && !EMAIL.matcher(email.asText()).matches()) {
            return Optional.of("'email' is not a valid email address");
        }
        Optional<String> known = users.meant(each);
        // It is counted as processed all the same. By an alias nobody is made unless that is asked for.
        boolean isNamed = each.path("user_alias").isObject();
        if (known.isEmpty()
                && (each.hasNonNull("braze_id")
                        || each.path("_update_existing_only").asBoolean(isNamed))) {
            return Optional.empty();
        }
        String id = known.orElseGet(users::next);
        ObjectNode user = users.table().get(id).orElseGet(() -> users.fresh(id));
        List<String> names = laid(user, each, known.isEmpty());
        users.put(id, user);
        String key = each.path("external_id")
                .asText(each.at("/user_alias/alias_name").asText(""));
        wrote(request, "users", id, key, known.isEmpty() ? "insert" : "update", names);
        return Optional.empty();
    }

    /** Lays what was sent over the user, and says which fields those were. */
    private static List<String> laid(ObjectNode user, JsonNode each, boolean isNew) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : each.properties()) {
            if (field.getKey().equals("_update_existing_only")) {
                continue;
            }
            names.add(field.getKey());
            if (field.getKey().equals("user_alias")) {
                if (isNew) {
                    user.putArray(Profiles.ALIASES).add(field.getValue());
                }
            } else if (field.getValue().isNull()) {
                user.remove(field.getKey());
            } else {
                user.set(field.getKey(), field.getValue());
            }
        }
        return names;
    }

    private Optional<String> happened(Request request, Table table, String object, JsonNode each, String required) {
        Optional<String> wrong = nobody(each);
        if (wrong.isPresent()) {
            return wrong;
        }
        for (String field : List.of(required, "time")) {
            if (each.path(field).asText("").isEmpty()) {
                return Optional.of("'" + field + "' is required");
            }
        }
        if (!each.path("time").asText().matches("\\d{4}-\\d\\d-\\d\\dT.+|\\d{4}-\\d\\d-\\d\\d")) {
            return Optional.of("'time' is not a valid ISO 8601 datetime");
        }
        String id = String.valueOf(++lastId);
        ObjectNode event = each.deepCopy();
        table.put(id, event);
        List<String> names = new ArrayList<>();
        each.fieldNames().forEachRemaining(names::add);
        wrote(request, object, id, each.path("external_id").asText(""), "insert", names);
        return Optional.empty();
    }

    private static Optional<String> nobody(JsonNode each) {
        boolean someone = WHO.stream()
                .anyMatch(name ->
                        !each.path(name).asText("").isEmpty() || each.path(name).isObject());
        return someone
                ? Optional.empty()
                : Optional.of("'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required");
    }

    private void wrote(Request request, String object, String id, String key, String operation, List<String> names) {
        ground.wrote(new Ground.Place("braze", object, id, request.number()), key, operation, names);
    }

    static Reply fatal(String message) {
        ObjectNode json = Json.object().put("message", message);
        json.putArray("errors").add(message);
        return Reply.json(400, json);
    }
}
