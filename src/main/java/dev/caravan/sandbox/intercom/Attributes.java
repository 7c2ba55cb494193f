package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes of contacts or of companies: the usual ones, and custom ones once they are declared. */
final class Attributes {

    private final String model;
    private final Map<String, String> usual;
    private final Map<String, String> custom = new LinkedHashMap<>();

    private Attributes(String model, Map<String, String> usual) {
        this.model = model;
        this.usual = usual;
    }

    static Attributes ofContacts() {
        Map<String, String> usual = new LinkedHashMap<>();
        List.of("role", "name", "email", "phone", "external_id", "avatar", "owner_id")
                .forEach(name -> usual.put(name, "string"));
        return new Attributes("contact", usual);
    }

    static Attributes ofCompanies() {
        Map<String, String> usual = new LinkedHashMap<>();
        List.of("name", "company_id", "plan", "website", "industry").forEach(name -> usual.put(name, "string"));
        usual.put("size", "integer");
        usual.put("monthly_spend", "float");
        usual.put("remote_created_at", "date");
        return new Attributes("company", usual);
    }

    Reply list(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("type", "list");
        ArrayNode data = json.putArray("data");
        usual.forEach((name, type) -> data.add(json(name, type, false)));
        custom.forEach((name, type) -> data.add(json(name, type, true)));
        return Reply.json(200, json);
    }

    Reply create(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        String name = body.path("name").asText("");
        String type = body.path("data_type").asText("string");
        if (name.isEmpty() || custom.putIfAbsent(name, type) != null) {
            return Failures.of(400, "parameter_invalid", "You already have '" + name + "' in your company data.");
        }
        return Reply.json(200, json(name, type, true));
    }

    /** Why a custom attribute does not take the value, if so. */
    Optional<String> refuse(String name, JsonNode value) {
        String type = custom.get(name);
        if (type == null) {
            return Optional.of("Custom attribute '" + name + "' does not exist");
        }
        boolean fits = value.isNull()
                || switch (type) {
                    case "integer" -> value.isIntegralNumber();
                    case "float" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    case "date", "datetime" -> value.isIntegralNumber();
                    default -> value.isTextual();
                };
        return fits ? Optional.empty() : Optional.of("Custom attribute '" + name + "' must be of type " + type);
    }

    private ObjectNode json(String name, String type, boolean custom) {
        return Json.object()
                .put("type", "data_attribute")
                .put("name", name)
                .put("full_name", custom ? "custom_attributes." + name : name)
                .put("label", name)
                .put("description", "")
                .put("data_type", type)
                .put("api_writable", true)
                .put("ui_writable", custom)
                .put("custom", custom)
                .put("archived", false)
                .put("model", model);
    }
}
