package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.RequestVerdict;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks for an object's fields and says what each can take. */
final class Describer {

    private final Api api;

    Describer(Api api) {
        this.api = api;
    }

    Conversation<Described> describe(String object) {
        return Api.isName(object)
                ? new Conversation.Send<>(api.describe(object), reply -> new Conversation.Done<>(read(object, reply)))
                : new Conversation.Done<>(unknown(object));
    }

    private static Described read(String object, Reply reply) {
        if (reply instanceof HttpAnswer answer && answer.status() == 404) {
            return unknown(object);
        }
        if (reply instanceof HttpAnswer answer && answer.ok()) {
            return schema(object, answer).<Described>map(Described.Schema::new).orElseGet(() -> malformed(object));
        }
        return switch (RequestVerdict.of(reply)) {
            case RequestVerdict.NotApplied notApplied ->
                unreachable(object, notApplied.deferred().reason());
            case RequestVerdict.Unclear unclear -> unreachable(object, unclear.reason());
            case RequestVerdict.Refused refused ->
                failed(
                        Code.DESTINATION_REFUSED,
                        "Salesforce refuses to describe " + object + ": "
                                + refused.error().code(),
                        "give the integration user rights on the object",
                        false);
        };
    }

    private static Optional<TargetSchema> schema(String object, HttpAnswer answer) {
        Optional<JsonNode> body = JsonBody.read(answer.body());
        if (body.isEmpty() || !body.get().path("fields").isArray()) {
            return Optional.empty();
        }
        List<TargetField> fields = new ArrayList<>();
        for (JsonNode field : body.get().path("fields")) {
            if (!Api.isName(field.path("name").asText(""))) {
                return Optional.empty();
            }
            fields.add(field(field));
        }
        return Optional.of(new TargetSchema(body.get().path("name").asText(object), fields));
    }

    private static TargetField field(JsonNode field) {
        boolean createable = field.path("createable").asBoolean();
        boolean nillable = field.path("nillable").asBoolean();
        String name = field.path("name").asText();
        Kind kind = kind(field.path("type").asText());
        return new TargetField(
                name,
                kind,
                field.path("length").asInt(),
                kind == Kind.INTEGER
                        ? field.path("digits").asInt()
                        : field.path("precision").asInt(),
                field.path("scale").asInt(),
                createable,
                field.path("updateable").asBoolean(),
                nillable,
                createable && !nillable && !field.path("defaultedOnCreate").asBoolean(),
                field.path("externalId").asBoolean() || field.path("idLookup").asBoolean() || name.equals("Id"),
                field.path("unique").asBoolean() || name.equals("Id"),
                !field.path("caseSensitive").asBoolean(),
                values(field));
    }

    /** Of a closed list, the values in use; an open list takes any text. */
    private static List<String> values(JsonNode field) {
        List<String> values = new ArrayList<>();
        if (field.path("restrictedPicklist").asBoolean()) {
            for (JsonNode value : field.path("picklistValues")) {
                if (value.path("active").asBoolean(true)) {
                    values.add(value.path("value").asText());
                }
            }
        }
        return values;
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "string", "textarea", "phone", "url", "encryptedstring", "combobox", "id" -> Kind.TEXT;
            case "email" -> Kind.EMAIL;
            case "picklist", "multipicklist" -> Kind.ENUM;
            case "boolean" -> Kind.BOOLEAN;
            case "int", "long" -> Kind.INTEGER;
            case "double", "currency", "percent" -> Kind.NUMBER;
            case "date" -> Kind.DATE;
            case "datetime" -> Kind.INSTANT;
            case "time" -> Kind.TIME;
            case "reference" -> Kind.REFERENCE;
            default -> Kind.OTHER;
        };
    }

    private static Described unknown(String object) {
        return failed(
                Code.TARGET_OBJECT_UNKNOWN,
                "Salesforce has no object " + object + " that this user may see",
                "check its API name and the integration user's rights",
                false);
    }

    private static Described malformed(String object) {
        return failed(
                Code.DESTINATION_ANSWER,
                "the description of " + object + " cannot be read",
                "check that the connection's address is a Salesforce org",
                true);
    }

    private static Described unreachable(String object, String reason) {
        if (reason.equals("account")) {
            return failed(
                    Code.TARGET_IDENTITY,
                    "another organisation answers than the connection spoke to before",
                    "use another state folder for this environment, or reset the mapping",
                    false);
        }
        boolean auth = reason.equals("auth") || reason.equals("login");
        return failed(
                auth ? Code.DESTINATION_AUTH : Code.DESTINATION_UNREACHABLE,
                "Salesforce did not describe " + object + ": " + reason,
                auth ? "check the connection's client id and secret" : "try again later",
                true);
    }

    private static Described failed(Code code, String message, String suggestion, boolean retryable) {
        return new Described.Failed(Problem.of(code, message, suggestion), retryable);
    }
}
