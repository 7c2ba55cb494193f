package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.vendor.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** An organization: its name is nobody else's, nor is its external id, both whatever their case. */
final class OrganizationForm implements Form {

    @Override
    public String one() {
        return "organization";
    }

    @Override
    public String many() {
        return "organizations";
    }

    @Override
    public long before() {
        return 361_000_000_000L;
    }

    @Override
    public List<String> known() {
        return List.of("external_id");
    }

    @Override
    public List<String> settable() {
        return List.of(
                "name",
                "external_id",
                "domain_names",
                "details",
                "notes",
                "group_id",
                "shared_tickets",
                "shared_comments",
                "tags");
    }

    @Override
    public ObjectNode fresh(long id, String base, Instant now) {
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode json = Json.object()
                .put("url", base + "/api/v2/organizations/" + id + ".json")
                .put("id", id)
                .putNull("name")
                .put("shared_tickets", false)
                .put("shared_comments", false)
                .putNull("external_id")
                .put("created_at", at)
                .put("updated_at", at);
        json.putArray("domain_names");
        List.of("details", "notes", "group_id").forEach(json::putNull);
        json.putArray("tags");
        CustomFields.blank(json.putObject("organization_fields"));
        return json;
    }

    @Override
    public Optional<Result.Refused> refuse(Table table, String self, JsonNode sent) {
        boolean isNew = self.isEmpty();
        if ((isNew || sent.has("name")) && sent.path("name").asText("").isBlank()) {
            return Optional.of(new Result.Refused("name", "Name: cannot be blank"));
        }
        return taken(table, self, sent, "name", "Name").or(() -> taken(table, self, sent, "external_id", "External"));
    }

    private static Optional<Result.Refused> taken(Table table, String self, JsonNode sent, String field, String title) {
        String value = sent.path(field).asText("");
        boolean taken =
                sent.hasNonNull(field) && table.find(field, value).stream().anyMatch(id -> !id.equals(self));
        return taken
                ? Optional.of(new Result.Refused(field, title + ": " + value + " has already been taken"))
                : Optional.empty();
    }
}
