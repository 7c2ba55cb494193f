package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bids and budgets of one customer. Money is in micros, as text; an empty result stands for an operation that failed. */
final class Mutates {

    private static final int MOST = 10_000;
    private static final int UNIT = 10_000;
    private static final Map<String, List<String>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("adGroups", List.of("cpcBidMicros", "targetCpaMicros", "status"));
        KINDS.put("adGroupCriteria", List.of("cpcBidMicros", "bidModifier", "status"));
        KINDS.put("campaigns", List.of("status"));
        KINDS.put("campaignBudgets", List.of("amountMicros"));
    }

    private final Ground ground;
    private final Map<String, Table> tables = new LinkedHashMap<>();

    Mutates(Ground ground) {
        this.ground = ground;
        clear();
    }

    static Iterable<String> kinds() {
        return KINDS.keySet();
    }

    Map<String, Table> tables() {
        return tables;
    }

    void clear() {
        KINDS.forEach((kind, fields) -> {
            Table table = new Table();
            for (int i = 1; i <= 5; i++) {
                String id = kind.equals("adGroupCriteria") ? "1~" + i : String.valueOf(i);
                String name = "customers/" + GoogleAds.CUSTOMER + "/" + kind + "/" + id;
                ObjectNode row = Json.object().put("resourceName", name).put("id", id);
                fields.stream().filter(field -> field.endsWith("Micros")).forEach(field -> row.put(field, "1000000"));
                table.put(name, row);
            }
            tables.put(kind, table);
        });
    }

    Reply mutate(Request request, String kind) {
        JsonNode body = request.json();
        JsonNode operations = body.path("operations");
        if (operations.isEmpty() || operations.size() > MOST) {
            return AdsError.request(
                            "mutateError", "OPERATION_DOES_NOT_CONTAIN_ANY_ACTION", "1 to " + MOST + " operations.")
                    .reply(400, "INVALID_ARGUMENT");
        }
        boolean partial = body.path("partialFailure").asBoolean(false);
        List<AdsError> errors = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            wrong(kind, operations.get(i), i).ifPresent(errors::add);
        }
        if (!errors.isEmpty() && !partial) {
            return GoogleError.of(
                    400,
                    "INVALID_ARGUMENT",
                    "Request contains an invalid argument.",
                    List.of(AdsError.failure(errors)));
        }
        return Reply.json(200, results(request, kind, errors));
    }

    private ObjectNode results(Request request, String kind, List<AdsError> errors) {
        JsonNode operations = request.json().path("operations");
        boolean validateOnly = request.json().path("validateOnly").asBoolean(false);
        ObjectNode json = Json.object();
        ArrayNode results = Json.array();
        for (int i = 0; i < operations.size(); i++) {
            int place = i;
            ObjectNode result = results.addObject();
            if (errors.stream().noneMatch(error -> error.operation() == place)) {
                result.put(
                        "resourceName",
                        operations.get(i).at("/update/resourceName").asText());
                if (!validateOnly) {
                    apply(request, kind, operations.get(i));
                }
            }
        }
        if (!validateOnly) {
            json.set("results", results);
        }
        if (!errors.isEmpty()) {
            ObjectNode failure = json.putObject("partialFailureError")
                    .put("code", 3)
                    .put(
                            "message",
                            "Multiple errors in 'details'. First error: "
                                    + errors.getFirst().message());
            failure.putArray("details").add(AdsError.failure(errors));
        }
        return json;
    }

    private Optional<AdsError> wrong(String kind, JsonNode operation, int place) {
        JsonNode update = operation.path("update");
        if (!update.isObject()) {
            return Optional.of(new AdsError(
                    "mutateError", "OPERATION_DOES_NOT_CONTAIN_ANY_ACTION", "Only updates are imitated.", place, ""));
        }
        String name = update.path("resourceName").asText("");
        if (!table(kind).has(name)) {
            return Optional.of(new AdsError("mutateError", "RESOURCE_NOT_FOUND", "Resource was not found.", place, ""));
        }
        for (String field : mask(operation)) {
            if (!KINDS.getOrDefault(kind, List.of()).contains(field)) {
                return Optional.of(new AdsError(
                        "fieldMaskError",
                        "FIELD_NOT_FOUND",
                        "The field mask contained an invalid field: " + field,
                        place,
                        field));
            }
            JsonNode value = update.path(field);
            if (field.endsWith("Micros") && !value.asText().matches("[1-9]\\d{0,17}")) {
                return Optional.of(new AdsError("rangeError", "TOO_LOW", "Too low.", place, field));
            }
            if (field.endsWith("Micros") && Long.parseLong(value.asText()) % UNIT != 0) {
                return Optional.of(new AdsError(
                        "currencyError",
                        "VALUE_NOT_MULTIPLE_OF_BILLABLE_UNIT",
                        "The value must be a multiple of billable unit.",
                        place,
                        field));
            }
        }
        return Optional.empty();
    }

    private void apply(Request request, String kind, JsonNode operation) {
        JsonNode update = operation.path("update");
        String name = update.path("resourceName").asText();
        ObjectNode row = table(kind).get(name).orElseThrow();
        List<String> fields = mask(operation);
        // What the mask does not name is not changed, whatever was sent.
        fields.forEach(field -> row.put(field, update.path(field).asText()));
        table(kind).put(name, row);
        ground.wrote(new Ground.Place("googleads", kind, name, request.number()), name, "update", fields);
    }

    private Table table(String kind) {
        return tables.getOrDefault(kind, new Table());
    }

    private static List<String> mask(JsonNode operation) {
        List<String> fields = new ArrayList<>();
        for (String field : operation.path("updateMask").asText("").split(",", -1)) {
            if (!field.isBlank()) {
                fields.add(camel(field.strip()));
            }
        }
        return fields;
    }

    private static String camel(String field) {
        StringBuilder camel = new StringBuilder();
        for (String part : field.split("_", -1)) {
            camel.append(
                    camel.isEmpty() || part.isEmpty()
                            ? part
                            : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return camel.toString();
    }
}
