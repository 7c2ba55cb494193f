package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Fate;
import java.util.Optional;

/** {@code {end: approved|rejected|expired|superseded, who, why, at, run}}; the last four only where there is somebody, or a run. */
final class FateJson {

    private FateJson() {}

    static ObjectNode write(Fate fate) {
        ObjectNode node = Json.object().put("end", Words.of(fate.end()));
        fate.decision().ifPresent(decision -> node.setAll(DecisionJson.write(decision)));
        fate.run().ifPresent(run -> node.put("run", run));
        return node;
    }

    static Fate read(JsonNode node) {
        return new Fate(
                Words.parse(Fate.End.class, node.path("end").asText()),
                node.has("who") ? Optional.of(DecisionJson.read(node)) : Optional.empty(),
                node.has("run") ? Optional.of(node.path("run").asLong()) : Optional.empty());
    }
}
