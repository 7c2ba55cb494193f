package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.guard.Verdict;

/** {@code {guard, verdict: allowed|dropped|held, detail}}, a dropped one with {@code field} and {@code rows}. */
final class VerdictJson {

    private VerdictJson() {}

    static ObjectNode write(Verdict verdict) {
        ObjectNode node = Json.object().put("guard", verdict.guard());
        return switch (verdict) {
            case Verdict.Allowed allowed -> node.put("verdict", "allowed").put("detail", allowed.detail());
            case Verdict.Held held -> node.put("verdict", "held").put("detail", held.detail());
            case Verdict.Dropped dropped ->
                node.put("verdict", "dropped")
                        .put("detail", dropped.detail())
                        .put("field", dropped.field())
                        .put("rows", dropped.rows());
        };
    }

    static Verdict read(JsonNode node) {
        String guard = node.path("guard").asText();
        String detail = node.path("detail").asText();
        return switch (node.path("verdict").asText()) {
            case "held" -> new Verdict.Held(guard, detail);
            case "dropped" ->
                new Verdict.Dropped(
                        guard, node.path("field").asText(), node.path("rows").asLong(), detail);
            default -> new Verdict.Allowed(guard, detail);
        };
    }
}
