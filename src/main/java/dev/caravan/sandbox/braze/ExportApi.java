package dev.caravan.sandbox.braze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells of users by what they are known by: of ids and aliases fifty, of an address or a Braze id one. */
final class ExportApi {

    private static final int MOST = 50;

    private final Profiles profiles;

    ExportApi(Profiles profiles) {
        this.profiles = profiles;
    }

    Reply export(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        Set<String> found = new LinkedHashSet<>();
        ArrayNode invalid = Json.array();
        int size =
                body.path("external_ids").size() + body.path(Profiles.ALIASES).size();
        boolean one = List.of("braze_id", "email_address", "phone").stream()
                .anyMatch(name -> body.path(name).isTextual());
        if (size > MOST || (size == 0 && !one)) {
            return UsersApi.fatal("Between 1 and " + MOST + " users may be exported in one request.");
        }
        for (JsonNode id : body.path("external_ids")) {
            List<String> ids = profiles.with("external_id", id);
            found.addAll(ids);
            if (ids.isEmpty()) {
                invalid.add(id.asText());
            }
        }
        body.path(Profiles.ALIASES).forEach(alias -> found.addAll(profiles.named(alias)));
        found.addAll(profiles.with("braze_id", body.path("braze_id")));
        found.addAll(profiles.with("email", body.path("email_address")));
        found.addAll(profiles.with("phone", body.path("phone")));
        ObjectNode json = Json.object();
        ArrayNode users = json.putArray("users");
        found.forEach(id -> users.add(told(id, body.path("fields_to_export"))));
        json.put("message", "success");
        if (!invalid.isEmpty()) {
            json.set("invalid_user_ids", invalid);
        }
        return Reply.json(201, json);
    }

    /** All of a user where no fields are asked for. */
    private ObjectNode told(String id, JsonNode fields) {
        ObjectNode user = profiles.table().get(id).orElseThrow();
        if (fields.isEmpty()) {
            return user;
        }
        ObjectNode told = Json.object();
        for (JsonNode field : fields) {
            if (user.has(field.asText())) {
                told.set(field.asText(), user.get(field.asText()));
            }
        }
        return told;
    }
}
