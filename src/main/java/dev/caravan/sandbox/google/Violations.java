package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is wrong with one Data Manager request, field by field. One of them refuses all of it. */
final class Violations {

    private static final int MOST_IDENTIFIERS = 10;
    private static final int LISTED = 20;
    private static final List<String> ADDRESS = List.of("givenName", "familyName", "regionCode", "postalCode");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");

    private final JsonNode body;
    private final List<ObjectNode> found = new ArrayList<>();

    Violations(JsonNode body) {
        this.body = body;
    }

    boolean none() {
        return found.isEmpty();
    }

    void add(String field, String description, String reason) {
        if (found.size() < LISTED) {
            found.add(Json.object()
                    .put("field", field)
                    .put("description", description)
                    .put("reason", reason));
        }
    }

    /** Checks what members and events have in common. */
    void frame() {
        if (body.path("destinations").isEmpty()) {
            add("destinations", "At least one destination is required.", "DESTINATIONS_REQUIRED");
        }
        for (int i = 0; i < body.path("destinations").size(); i++) {
            JsonNode destination = body.at("/destinations/" + i);
            if (!destination.at("/operatingAccount/accountId").asText("").matches("\\d+")
                    || destination.path("productDestinationId").asText("").isEmpty()) {
                add(
                        "destinations[" + i + "]",
                        "The account or product destination is not valid.",
                        "INVALID_DESTINATION");
            }
        }
    }

    /** Checks hashed identifiers of one person. */
    void person(String field, JsonNode userData) {
        JsonNode identifiers = userData.path("userIdentifiers");
        if (identifiers.isEmpty()) {
            add(field, "A person needs at least one identifier.", "USER_IDENTIFIERS_REQUIRED");
        }
        if (identifiers.size() > MOST_IDENTIFIERS) {
            add(field, "Too many identifiers.", "TOO_MANY_USER_IDENTIFIERS");
        }
        for (int i = 0; i < identifiers.size(); i++) {
            String at = field + ".user_data.user_identifiers[" + i + "]";
            JsonNode each = identifiers.get(i);
            hash(at + ".email_address", each.path("emailAddress"));
            hash(at + ".phone_number", each.path("phoneNumber"));
            hash(at + ".address.given_name", each.at("/address/givenName"));
            hash(at + ".address.family_name", each.at("/address/familyName"));
            whole(at + ".address", each.path("address"));
        }
    }

    /** Names of destinations that an item may refer to. */
    void references(String field, JsonNode item) {
        Set<String> known = new TreeSet<>();
        body.path("destinations")
                .forEach(each -> known.add(each.path("reference").asText()));
        for (JsonNode reference : item.path("destinationReferences")) {
            if (!known.contains(reference.asText())) {
                add(field, "There is no destination " + reference.asText() + ".", "INVALID_DESTINATION_REFERENCE");
            }
        }
    }

    Reply reply(Request request) {
        ObjectNode id = Json.object()
                .put("@type", "type.googleapis.com/google.rpc.RequestInfo")
                .put("requestId", "sb-" + request.number());
        ObjectNode bad = Json.object().put("@type", "type.googleapis.com/google.rpc.BadRequest");
        ArrayNode list = bad.putArray("fieldViolations");
        found.forEach(list::add);
        return GoogleError.of(
                400,
                "INVALID_ARGUMENT",
                "There was a problem with the request.",
                List.of(GoogleError.info("INVALID_ARGUMENT", "datamanager.googleapis.com"), id, bad));
    }

    /** An address names somebody by all its parts or by none. */
    private void whole(String field, JsonNode address) {
        for (String part : address.isMissingNode() ? List.<String>of() : ADDRESS) {
            if (address.path(part).asText("").isBlank()) {
                add(field, "The address lacks " + part + ".", "REQUIRED_FIELD_MISSING");
            }
        }
    }

    private void hash(String field, JsonNode value) {
        if (value.isMissingNode()) {
            return;
        }
        boolean hex = body.path("encoding").asText("").equals("HEX");
        if (hex && !HEX.matcher(value.asText()).matches()) {
            add(field, "The value is not hex.", "INVALID_HEX_ENCODING");
        } else if (hex ? value.asText().length() != 64 : value.asText().length() != 44) {
            add(field, "The value is not a SHA-256 hash.", "INVALID_SHA256_FORMAT");
        }
    }
}
