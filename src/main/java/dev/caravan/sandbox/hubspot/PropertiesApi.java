package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Portal;
import dev.caravan.sandbox.hubspot.store.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the portal has: properties, custom objects, and what account it is. */
final class PropertiesApi {

    private static final Set<String> TYPES = Set.of("string", "number", "date", "datetime", "enumeration", "bool");

    private final Portal portal;

    PropertiesApi(Portal portal) {
        this.portal = portal;
    }

    Reply list(Request request, Map<String, String> captured) {
        Optional<ObjectType> type = type(captured);
        if (type.isEmpty()) {
            return Failures.noSuchType(captured.getOrDefault("object", ""));
        }
        ObjectNode json = Json.object();
        ArrayNode results = json.putArray("results");
        type.get().properties().forEach(property -> results.add(property.json()));
        return Reply.json(200, json);
    }

    Reply get(Request request, Map<String, String> captured) {
        return type(captured)
                .flatMap(type -> type.property(captured.getOrDefault("name", "")))
                .map(property -> Reply.json(200, property.json()))
                .orElseGet(Failures::notFound);
    }

    Reply create(Request request, Map<String, String> captured) {
        Optional<ObjectType> type = type(captured);
        if (type.isEmpty() || !(Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode body))) {
            return Failures.noSuchType(captured.getOrDefault("object", ""));
        }
        Property property = property(body);
        if (!property.name().matches("[a-z][a-z0-9_]*") || !TYPES.contains(property.type())) {
            return Failures.validation("Property name or type is not valid: " + property.name());
        }
        if (type.get().property(property.name()).isPresent()) {
            return Failures.of(
                    409, "OBJECT_ALREADY_EXISTS", "A property named '" + property.name() + "' already exists.");
        }
        type.get().add(property);
        return Reply.json(201, property.json());
    }

    /** Archiving a property; a record's values of it are forgotten with it. */
    Reply remove(Request request, Map<String, String> captured) {
        boolean removed = type(captured)
                .filter(type -> type.property(captured.getOrDefault("name", ""))
                        .filter(property -> !property.readOnly())
                        .isPresent())
                .map(type -> type.remove(captured.getOrDefault("name", "")))
                .orElse(false);
        return removed ? Reply.empty(204) : Failures.notFound();
    }

    Reply schemas(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object();
        ArrayNode results = json.putArray("results");
        portal.catalogue().all().stream()
                .filter(type -> type.names().custom())
                .forEach(type -> results.add(schema(type)));
        return Reply.json(200, json);
    }

    Reply schema(Request request, Map<String, String> captured) {
        return type(captured)
                .map(type -> Reply.json(200, schema(type)))
                .orElseGet(() -> Failures.noSuchType(captured.getOrDefault("object", "")));
    }

    Reply declare(Request request, Map<String, String> captured) {
        if (!(Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode body))
                || !body.path("name").asText().matches("[a-z][a-z0-9_]*")) {
            return Failures.validation("Invalid input JSON: required fields missing: name");
        }
        List<Property> properties = new ArrayList<>();
        body.path("properties").forEach(each -> properties.add(property(each)));
        return Reply.json(
                201, schema(portal.catalogue().declare(body.path("name").asText(), properties)));
    }

    Reply account(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object()
                .put("portalId", HubSpot.PORTAL)
                .put("accountType", "STANDARD")
                .put("timeZone", "US/Eastern")
                .put("companyCurrency", "USD");
        json.putArray("additionalCurrencies");
        return Reply.json(
                200,
                json.put("utcOffset", "-05:00")
                        .put("utcOffsetMilliseconds", -18_000_000)
                        .put("uiDomain", "app.hubspot.com")
                        .put("dataHostingLocation", "na1"));
    }

    /** The older question for the account, as recorded. */
    Reply me(Request request, Map<String, String> captured) {
        return Reply.json(
                200,
                Json.object()
                        .put("portalId", HubSpot.PORTAL)
                        .put("timeZone", "US/Eastern")
                        .put("accountType", "STANDARD")
                        .put("currency", "USD")
                        .put("utcOffset", "-05:00")
                        .put("utcOffsetMilliseconds", -18_000_000));
    }

    private Optional<ObjectType> type(Map<String, String> captured) {
        return portal.catalogue().find(captured.getOrDefault("object", ""));
    }

    private static ObjectNode schema(ObjectType type) {
        ObjectNode json = Json.object();
        json.putObject("labels")
                .put("singular", type.names().constant())
                .put("plural", type.names().constant());
        ObjectNode schema = json.put("id", type.names().id().substring(2))
                .put("objectTypeId", type.names().id())
                .put("name", type.names().constant())
                .put(
                        "fullyQualifiedName",
                        type.names().custom()
                                ? "p" + HubSpot.PORTAL + "_" + type.names().constant()
                                : type.names().constant())
                .put("archived", false);
        ArrayNode properties = schema.putArray("properties");
        type.properties().forEach(property -> properties.add(property.json()));
        return schema;
    }

    private static Property property(JsonNode body) {
        Property plain =
                Property.of(body.path("name").asText(""), body.path("type").asText("string"));
        List<String> options = new ArrayList<>();
        body.path("options").forEach(option -> options.add(option.path("value").asText()));
        return new Property(
                plain.name(),
                body.path("label").asText(plain.label()),
                plain.type(),
                body.path("fieldType").asText(plain.fieldType()),
                body.path("hasUniqueValue").asBoolean(false),
                false,
                options);
    }
}
