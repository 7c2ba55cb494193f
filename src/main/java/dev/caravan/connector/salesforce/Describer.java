package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.RequestVerdict;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Asks for an object's fields and says what each can take. */
final class Describer {

    private final Api api;

    Describer(Api api) {
        this.api = api;
    }

    /** An object with the fields that a mapping fills through relationships: of these, the other objects are asked as well. */
    Conversation<Described> describe(String object, Set<String> mapped) {
        return asked(object, description -> {
            Links links = new Links(description.path("name").asText(object), description, mapped);
            return links.problem().isPresent()
                    ? refused(links.problem().get())
                    : targets(links, List.copyOf(links.targets()), Map.of());
        });
    }

    private Conversation<Described> targets(Links links, List<String> left, Map<String, JsonNode> described) {
        if (left.isEmpty()) {
            return switch (links.with(described)) {
                case Links.Result.Known known -> new Conversation.Done<>(new Described.Schema(known.schema()));
                case Links.Result.Refused refused -> refused(refused.problem());
            };
        }
        return asked(left.getFirst(), description -> {
            Map<String, JsonNode> more = new HashMap<>(described);
            more.put(left.getFirst(), description);
            return targets(links, left.subList(1, left.size()), more);
        });
    }

    private Conversation<Described> asked(String object, Function<JsonNode, Conversation<Described>> then) {
        return Api.isName(object)
                ? new Conversation.Send<>(
                        api.describe(object),
                        reply -> description(reply).map(then).orElseGet(() -> failed(object, reply)))
                : new Conversation.Done<>(unknown(object));
    }

    /** What an answer describes; empty if it is no description. */
    private static Optional<JsonNode> description(Reply reply) {
        return reply instanceof HttpAnswer answer && answer.ok()
                ? JsonBody.read(answer.body()).filter(Describer::readable)
                : Optional.empty();
    }

    private static boolean readable(JsonNode description) {
        JsonNode fields = description.path("fields");
        return fields.isArray()
                && StreamSupport.stream(fields.spliterator(), false)
                        .allMatch(field -> Api.isName(field.path("name").asText("")));
    }

    private static Conversation<Described> refused(Problem problem) {
        return new Conversation.Done<>(new Described.Failed(problem, false));
    }

    private static Conversation<Described> failed(String object, Reply reply) {
        if (reply instanceof HttpAnswer answer && answer.status() == 404) {
            return new Conversation.Done<>(unknown(object));
        }
        if (reply instanceof HttpAnswer answer && answer.ok()) {
            return new Conversation.Done<>(malformed(object));
        }
        return new Conversation.Done<>(
                switch (RequestVerdict.of(reply)) {
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
                });
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
