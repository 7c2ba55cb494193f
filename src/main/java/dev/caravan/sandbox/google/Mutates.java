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

/** Bids, modifiers, targets and budgets of one customer. Money is in micros, as text; an empty result stands for an operation that failed. */
final class Mutates {

    private static final int MOST = 10_000;
    private static final int UNIT = 10_000;
    private static final String MODIFIER = "bidModifier";
    private static final String ROAS = "targetRoas";
    private static final String STRATEGIES = "biddingStrategies";
    private static final Map<String, List<String>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("adGroups", List.of("cpcBidMicros", "targetCpaMicros", ROAS, "status"));
        KINDS.put("adGroupCriteria", List.of("cpcBidMicros", MODIFIER, "status"));
        KINDS.put("adGroupBidModifiers", List.of(MODIFIER));
        KINDS.put("campaigns", List.of("status"));
        KINDS.put("campaignBidModifiers", List.of(MODIFIER));
        KINDS.put("campaignBudgets", List.of("amountMicros"));
        KINDS.put(STRATEGIES, List.of("targetCpa.targetCpaMicros", "targetRoas.targetRoas"));
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
                boolean parted = kind.endsWith("Criteria") || kind.endsWith("Modifiers");
                String id = parted ? "1~" + i : String.valueOf(i);
                String name = "customers/" + GoogleAds.CUSTOMER + "/" + kind + "/" + id;
                ObjectNode row = Json.object().put("resourceName", name).put("id", id);
                if (kind.equals(STRATEGIES)) {
                    targeted(row, i <= 3);
                } else {
                    fields.stream().filter(Mutates::isMoney).forEach(field -> row.put(field, "1000000"));
                }
                table.put(name, row);
            }
            tables.put(kind, table);
        });
    }

    /** A strategy is of one kind and stays so. */
    private static void targeted(ObjectNode row, boolean cpa) {
        if (cpa) {
            row.put("type", "TARGET_CPA").putObject("targetCpa").put("targetCpaMicros", "1000000");
        } else {
            row.put("type", "TARGET_ROAS").putObject(ROAS).put(ROAS, 2);
        }
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
            Optional<AdsError> error = refused(table(kind).get(name).orElseThrow(), field, at(update, field), place);
            if (error.isPresent()) {
                return error;
            }
        }
        return Optional.empty();
    }

    private static Optional<AdsError> refused(ObjectNode row, String field, JsonNode value, int place) {
        String object = field.replaceFirst("\\..*", "");
        if (!object.equals(field) && !row.has(object)) {
            return Optional.of(
                    new AdsError("fieldError", "IMMUTABLE_FIELD", "The field cannot be modified.", place, field));
        }
        if (isMoney(field) && !value.asText().matches("[1-9]\\d{0,17}")) {
            return Optional.of(new AdsError("rangeError", "TOO_LOW", "Too low.", place, field));
        }
        if (isMoney(field) && Long.parseLong(value.asText()) % UNIT != 0) {
            return Optional.of(new AdsError(
                    "currencyError",
                    "VALUE_NOT_MULTIPLE_OF_BILLABLE_UNIT",
                    "The value must be a multiple of billable unit.",
                    place,
                    field));
        }
        double most = field.equals(MODIFIER) ? 10 : 1_000;
        double least = field.equals(MODIFIER) ? 0.1 : 0.01;
        boolean isFactor = field.equals(MODIFIER) || field.endsWith(ROAS);
        // A modifier of nothing opts out.
        boolean isOut = field.equals(MODIFIER) && value.isNumber() && value.asDouble() == 0;
        if (isFactor && !isOut && (value.asDouble() < least || value.asDouble() > most)) {
            String code = value.asDouble() < least ? "TOO_LOW" : "TOO_HIGH";
            return Optional.of(new AdsError("rangeError", code, "Out of range.", place, field));
        }
        return Optional.empty();
    }

    private static boolean isMoney(String field) {
        return field.endsWith("Micros");
    }

    /** What stands at a field, or at one of an object within. */
    private static JsonNode at(JsonNode update, String field) {
        return update.at("/" + field.replace('.', '/'));
    }

    private void apply(Request request, String kind, JsonNode operation) {
        JsonNode update = operation.path("update");
        String name = update.path("resourceName").asText();
        ObjectNode row = table(kind).get(name).orElseThrow();
        List<String> fields = mask(operation);
        // What the mask does not name is not changed, whatever was sent.
        fields.forEach(field -> {
            String[] parts = field.split("\\.", 2);
            ObjectNode holder = parts.length == 1 ? row : row.withObject("/" + parts[0]);
            holder.set(parts[parts.length - 1], at(update, field));
        });
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
