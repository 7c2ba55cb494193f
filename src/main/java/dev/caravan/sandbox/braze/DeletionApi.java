package dev.caravan.sandbox.braze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Deletes users, fifty a request, all named in one way. Who is unknown counts too, and who of several is not made out is left. */
final class DeletionApi {

    private static final int MOST = 50;
    private static final List<String> WAYS = List.of("external_ids", Profiles.ALIASES, "braze_ids", "email_addresses");

    private final Ground ground;
    private final Profiles profiles;

    DeletionApi(Ground ground, Profiles profiles) {
        this.ground = ground;
        this.profiles = profiles;
    }

    Reply delete(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        List<String> ways =
                WAYS.stream().filter(way -> !body.path(way).isEmpty()).toList();
        if (ways.size() != 1) {
            return UsersApi.fatal("Exactly one of " + String.join(", ", WAYS) + " may be given.");
        }
        JsonNode named = body.path(ways.getFirst());
        if (named.size() > MOST) {
            return UsersApi.fatal("Between 1 and " + MOST + " users may be deleted in one request.");
        }
        List<List<String>> found = new ArrayList<>();
        for (JsonNode each : named) {
            if (ways.getFirst().equals("email_addresses")
                    && each.path("prioritization").isEmpty()) {
                return UsersApi.fatal("'prioritization' is required where users are named by their email.");
            }
            found.add(found(ways.getFirst(), each));
        }
        found.stream().filter(ids -> ids.size() == 1).forEach(ids -> gone(request, ids.getFirst()));
        return Reply.json(201, Json.object().put("deleted", named.size()).put("message", "success"));
    }

    private List<String> found(String way, JsonNode each) {
        return switch (way) {
            case "external_ids" -> profiles.with("external_id", each);
            case "braze_ids" -> profiles.with("braze_id", each);
            case "email_addresses" -> narrowed(each);
            default -> profiles.named(each);
        };
    }

    private List<String> narrowed(JsonNode each) {
        List<String> left = profiles.with("email", each.path("email"));
        for (JsonNode first : each.path("prioritization")) {
            List<String> before = left;
            left = switch (first.asText()) {
                case "identified" ->
                    before.stream().filter(profiles::isIdentified).toList();
                case "unidentified" ->
                    before.stream().filter(id -> !profiles.isIdentified(id)).toList();
                default -> before.isEmpty() ? before : List.of(before.getLast());
            };
            left = left.isEmpty() ? before : left;
        }
        return left;
    }

    private void gone(Request request, String id) {
        ObjectNode user = profiles.table().get(id).orElseThrow();
        String key = user.path("external_id").asText(user.path("email").asText(""));
        profiles.remove(id);
        ground.wrote(new Ground.Place("braze", "users", id, request.number()), key, "delete", List.of());
    }
}
