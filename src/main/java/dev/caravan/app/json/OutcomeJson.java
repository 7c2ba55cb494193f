package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.destination.Outcome;

/** {@code {result: accepted|unchanged|rejected|deferred|unknown, …}} with what that result carries. */
final class OutcomeJson {

    private OutcomeJson() {}

    static ObjectNode write(Outcome outcome) {
        ObjectNode node = Json.object();
        return switch (outcome) {
            case Outcome.Accepted accepted ->
                node.put("result", "accepted")
                        .put("remote_id", accepted.remoteId())
                        .put("created", accepted.created());
            case Outcome.Unchanged unchanged -> node.put("result", "unchanged").put("remote_id", unchanged.remoteId());
            case Outcome.Rejected rejected ->
                node.put("result", "rejected")
                        .put("code", rejected.code())
                        .put("field", rejected.field())
                        .put("message", rejected.message())
                        .put("class", Words.of(rejected.errorClass()));
            case Outcome.Deferred deferred -> {
                node.put("result", "deferred").put("reason", deferred.reason());
                deferred.notBefore().ifPresent(at -> node.put("not_before", at.toString()));
                yield node;
            }
            case Outcome.Unknown unknown -> node.put("result", "unknown").put("reason", unknown.reason());
        };
    }

    static Outcome read(JsonNode node) {
        return switch (node.path("result").asText()) {
            case "accepted" ->
                new Outcome.Accepted(
                        Json.text(node, "remote_id"), node.path("created").asBoolean());
            case "unchanged" -> new Outcome.Unchanged(Json.text(node, "remote_id"));
            case "rejected" ->
                new Outcome.Rejected(
                        node.path("code").asText(),
                        Json.text(node, "field"),
                        node.path("message").asText(),
                        Words.parse(Outcome.ErrorClass.class, node.path("class").asText()));
            case "deferred" -> new Outcome.Deferred(node.path("reason").asText(), Json.instant(node, "not_before"));
            default -> new Outcome.Unknown(node.path("reason").asText());
        };
    }
}
