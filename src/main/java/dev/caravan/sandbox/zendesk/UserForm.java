package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a user has, in the order of recorded answers, and how what is sent is laid over it. */
final class UserForm {

    private static final List<String> SETTABLE = List.of(
            "name",
            "email",
            "phone",
            "external_id",
            "alias",
            "details",
            "notes",
            "role",
            "tags",
            "time_zone",
            "locale",
            "verified",
            "suspended",
            "signature",
            "organization_id");
    private static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("checkbox_field", "checkbox");
        FIELDS.put("date_field", "date");
        FIELDS.put("decimal_field", "decimal");
        FIELDS.put("dropdown_field", "tagger");
        FIELDS.put("multiline_field", "textarea");
        FIELDS.put("numeric_field", "integer");
        FIELDS.put("regex_field", "regexp");
        FIELDS.put("text_field", "text");
    }

    private UserForm() {}

    /** Custom fields of users, by key, with their types. */
    static Map<String, String> fields() {
        return FIELDS;
    }

    static ObjectNode fresh(long id, String base, Instant now) {
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode json = Json.object()
                .put("id", id)
                .put("url", base + "/api/v2/users/" + id + ".json")
                .putNull("name")
                .putNull("email")
                .put("created_at", at)
                .put("updated_at", at)
                .put("time_zone", "Arizona")
                .put("iana_time_zone", "America/Phoenix");
        List.of("phone", "shared_phone_number", "photo").forEach(json::putNull);
        json.put("locale_id", 1)
                .put("locale", "en-US")
                .putNull("organization_id")
                .put("role", "end-user")
                .put("verified", false)
                .putNull("external_id")
                .putArray("tags");
        json.putNull("alias").put("active", true).put("shared", false).put("shared_agent", false);
        json.putNull("last_login_at").put("two_factor_auth_enabled", false);
        List.of("signature", "details", "notes", "role_type", "custom_role_id").forEach(json::putNull);
        json.put("moderator", false)
                .put("ticket_restriction", "requested")
                .put("only_private_comments", false)
                .put("restricted_agent", true)
                .put("suspended", false)
                .putNull("default_group_id")
                .put("report_csv", false);
        ObjectNode fields = json.putObject("user_fields");
        FIELDS.forEach((name, type) -> {
            if (type.equals("checkbox")) {
                fields.put(name, false);
            } else {
                fields.putNull(name);
            }
        });
        return json;
    }

    static void lay(ObjectNode user, JsonNode sent, Instant now) {
        for (String name : SETTABLE) {
            if (sent.has(name)) {
                user.set(name, sent.get(name));
            }
        }
        ObjectNode fields = user.withObject("/user_fields");
        sent.path("user_fields").properties().forEach(field -> {
            // A field that is not there is left out without a word.
            if (FIELDS.containsKey(field.getKey())) {
                fields.set(field.getKey(), field.getValue());
            }
        });
        user.put("updated_at", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
