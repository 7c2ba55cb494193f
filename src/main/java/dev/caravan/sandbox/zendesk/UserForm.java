package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.vendor.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A user, whose address is nobody else's. */
final class UserForm implements Form {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

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

    @Override
    public String one() {
        return "user";
    }

    @Override
    public String many() {
        return "users";
    }

    @Override
    public long before() {
        return 421_000_000_000L;
    }

    @Override
    public List<String> known() {
        return List.of("external_id", "email");
    }

    @Override
    public List<String> settable() {
        return SETTABLE;
    }

    @Override
    public ObjectNode fresh(long id, String base, Instant now) {
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
        CustomFields.blank(json.putObject("user_fields"));
        return json;
    }

    @Override
    public Optional<Result.Refused> refuse(Table table, String self, JsonNode sent) {
        String email = sent.path("email").asText("");
        if (self.isEmpty() && sent.path("name").asText("").isBlank()) {
            return Optional.of(new Result.Refused("name", "Name: is too short (minimum is 1 characters)"));
        }
        if (sent.hasNonNull("email") && !EMAIL.matcher(email).matches()) {
            return Optional.of(new Result.Refused("email", "Email: " + email + " is not properly formatted"));
        }
        List<String> rivals = table.find("email", email.toLowerCase(Locale.ROOT));
        if (sent.hasNonNull("email") && rivals.stream().anyMatch(id -> !id.equals(self))) {
            return Optional.of(
                    new Result.Refused("email", "Email: " + email + " is already being used by another user"));
        }
        return Optional.empty();
    }
}
