package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of leads, and of what stands beside them: described, added to, and what values they take. */
final class Fields {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final List<String> READ_ONLY = List.of("id", "marketoGUID", "createdAt", "updatedAt");
    private static final List<String> TYPES = List.of(
            "string",
            "text",
            "email",
            "phone",
            "url",
            "integer",
            "score",
            "float",
            "percent",
            "currency",
            "boolean",
            "date",
            "datetime",
            "reference");

    private final Map<String, String> types = new LinkedHashMap<>();

    Fields() {
        types.put("id", "integer");
        types.put("createdAt", "datetime");
        types.put("updatedAt", "datetime");
        types.put("email", "email");
        for (String text :
                List.of("firstName", "lastName", "company", "title", "city", "state", "country", "postalCode")) {
            types.put(text, "string");
        }
        types.put("externalCompanyId", "string");
        types.put("phone", "phone");
        types.put("website", "url");
        types.put("leadScore", "score");
        types.put("leadStatus", "string");
        types.put("annualRevenue", "currency");
        types.put("dateOfBirth", "date");
        types.put("unsubscribed", "boolean");
    }

    /** Of another object, by name with their types. */
    Fields(Map<String, String> types) {
        this.types.putAll(types);
    }

    boolean has(String name) {
        return types.containsKey(name);
    }

    Reply describe(Request request, Map<String, String> captured) {
        List<ObjectNode> result = new ArrayList<>();
        types.forEach((name, type) -> {
            boolean readOnly = isReadOnly(name);
            ObjectNode json = Json.object()
                    .put("id", result.size() + 1)
                    .put("displayName", name)
                    .put("dataType", type);
            if (hasLength(type)) {
                json.put("length", 255);
            }
            json.putObject("rest").put("name", name).put("readOnly", readOnly);
            json.putObject("soap").put("name", name).put("readOnly", readOnly);
            result.add(json);
        });
        return Answers.result(request.number(), result);
    }

    /** The form in which objects beside leads are described; what they are known by cannot be changed. */
    ArrayNode described(List<String> dedupe) {
        ArrayNode list = Json.array();
        types.forEach((name, type) -> {
            ObjectNode json = list.addObject()
                    .put("name", name)
                    .put("displayName", name)
                    .put("dataType", type)
                    .put("updateable", !isReadOnly(name) && !dedupe.contains(name));
            if (hasLength(type)) {
                json.put("length", 255);
            }
        });
        return list;
    }

    private static boolean hasLength(String type) {
        return type.equals("string") || type.equals("email") || type.equals("phone") || type.equals("url");
    }

    Reply add(Request request, Map<String, String> captured) {
        List<ObjectNode> result = new ArrayList<>();
        for (JsonNode each : request.json().path("input")) {
            String name = each.path("name").asText();
            String type = each.path("dataType").asText("string");
            if (!name.isEmpty() && TYPES.contains(type) && types.putIfAbsent(name, type) == null) {
                result.add(Json.object().put("name", name).put("status", "created"));
            } else {
                result.add(Answers.skipped("1010", "Field '" + name + "' cannot be created"));
            }
        }
        return Answers.result(request.number(), result);
    }

    /** Why a record cannot be stored, if it cannot. */
    Optional<ObjectNode> refuse(JsonNode record) {
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (!types.containsKey(name)) {
                return Optional.of(Answers.skipped("1006", "Field '" + name + "' not found"));
            }
            if (!value.isNull() && !takes(types.getOrDefault(name, "string"), value)) {
                return Optional.of(Answers.skipped(
                        "1003", "Invalid value for field '" + name + "' and value '" + value.asText() + "'"));
            }
        }
        return Optional.empty();
    }

    static boolean isReadOnly(String name) {
        return READ_ONLY.contains(name);
    }

    private static boolean takes(String type, JsonNode value) {
        String text = value.asText();
        return switch (type) {
            case "email" -> EMAIL.matcher(text).matches();
            case "integer", "score" -> text.matches("-?\\d{1,10}");
            case "float", "percent", "currency" -> text.matches("-?\\d+(\\.\\d+)?");
            case "boolean" -> text.matches("true|false|0|1");
            case "date" -> isDate(text);
            case "datetime" -> isMoment(text);
            case "string", "phone", "url" -> value.isValueNode() && text.length() <= 255;
            default -> value.isValueNode();
        };
    }

    private static boolean isDate(String text) {
        try {
            return !LocalDate.parse(text).equals(LocalDate.MIN);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isMoment(String text) {
        try {
            return !OffsetDateTime.parse(text).equals(OffsetDateTime.MIN);
        } catch (DateTimeException e) {
            return isDate(text);
        }
    }
}
