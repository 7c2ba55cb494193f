package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Portal;
import dev.caravan.sandbox.hubspot.store.Row;
import dev.caravan.sandbox.vendor.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Search: one of up to five groups must match, and in it all filters. It is behind: what was written in the last moments is
 * looked for as it was before (recorded), but answered as it is.
 */
final class SearchApi {

    private static final int MOST_GROUPS = 5;
    private static final int MOST = 200;

    private final Portal portal;
    private final Settings settings;

    SearchApi(Portal portal, Settings settings) {
        this.portal = portal;
        this.settings = settings.number("search_lag_ms", 2_000);
    }

    Reply search(Request request, Map<String, String> captured) {
        String word = captured.getOrDefault("object", "");
        Optional<ObjectType> type = portal.catalogue().find(word);
        if (type.isEmpty()) {
            return Failures.noSuchType(word);
        }
        if (!(Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode body))) {
            return Failures.validation("Invalid input JSON");
        }
        JsonNode groups = body.path("filterGroups");
        int limit = body.path("limit").asInt(10);
        if (groups.size() > MOST_GROUPS || limit > MOST) {
            return Failures.validation("There was a problem with the request: at most " + MOST_GROUPS
                    + " filterGroups and a limit of " + MOST);
        }
        for (JsonNode group : groups) {
            for (JsonNode filter : group.path("filters")) {
                if (type.get().property(filter.path("propertyName").asText()).isEmpty()) {
                    return Failures.validation("There was a problem with the request: property "
                            + filter.path("propertyName").asText() + " does not exist");
                }
            }
        }
        Instant seen = portal.now().minusMillis(settings.get("search_lag_ms"));
        List<Row> found = type.get().rows().stream()
                .filter(row -> !row.archived() && !row.createdAt().isAfter(seen) && matches(row, groups, seen))
                .toList();
        return Reply.json(200, page(type.get(), found, body, limit));
    }

    private static ObjectNode page(ObjectType type, List<Row> found, JsonNode body, int limit) {
        int from = Math.min(body.path("after").asInt(0), found.size());
        int to = Math.min(from + limit, found.size());
        ObjectNode json = Json.object().put("total", found.size());
        var results = json.putArray("results");
        for (Row row : found.subList(from, to)) {
            results.add(Rendering.read(type, row, BatchApi.texts(body.path("properties"))));
        }
        if (to < found.size()) {
            json.putObject("paging").putObject("next").put("after", String.valueOf(to));
        }
        return json;
    }

    private static boolean matches(Row row, JsonNode groups, Instant seen) {
        if (groups.isEmpty()) {
            return true;
        }
        for (JsonNode group : groups) {
            boolean all = true;
            for (JsonNode filter : group.path("filters")) {
                all &= matchesOne(row, filter, seen);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesOne(Row row, JsonNode filter, Instant seen) {
        String value = row.at(filter.path("propertyName").asText(), seen);
        String wanted = filter.path("value").asText("");
        return switch (filter.path("operator").asText("EQ")) {
            case "HAS_PROPERTY" -> value != null && !value.isEmpty();
            case "NOT_HAS_PROPERTY" -> value == null || value.isEmpty();
            case "EQ" -> value != null && same(value, wanted);
            case "NEQ" -> value == null || !same(value, wanted);
            case "IN" -> value != null && in(value, filter.path("values"));
            case "NOT_IN" -> value == null || !in(value, filter.path("values"));
            case "CONTAINS_TOKEN" -> value != null && lower(value).contains(lower(wanted.replace("*", "")));
            case "GT" -> value != null && compare(value, wanted) > 0;
            case "GTE" -> value != null && compare(value, wanted) >= 0;
            case "LT" -> value != null && compare(value, wanted) < 0;
            case "LTE" -> value != null && compare(value, wanted) <= 0;
            default -> false;
        };
    }

    private static boolean in(String value, JsonNode values) {
        for (JsonNode each : values) {
            if (same(value, each.asText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String value, String wanted) {
        return lower(value).equals(lower(wanted));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static int compare(String value, String wanted) {
        try {
            return new BigDecimal(value).compareTo(new BigDecimal(wanted));
        } catch (NumberFormatException e) {
            return value.compareTo(wanted);
        }
    }
}
