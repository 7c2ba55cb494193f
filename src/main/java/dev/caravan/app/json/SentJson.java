package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import java.util.Optional;

/** One value set as it was sent, with the destination's answer; without {@code outcome} while unanswered. */
public final class SentJson {

    private SentJson() {}

    /** The entry as one object. */
    public static ObjectNode write(Sent sent) {
        ObjectNode node = Json.object()
                .put("run", sent.run())
                .put("mapping", sent.mapping().value())
                .put("mapping_version", sent.mappingVersion())
                .put("plan", sent.plan())
                .put("sent", sent.intended().toString());
        sent.outcome().ifPresent(outcome -> node.set("outcome", OutcomeJson.write(outcome)));
        sent.answered().ifPresent(at -> node.put("answered", at.toString()));
        sent.erased().ifPresent(at -> node.put("erased", at.toString()));
        sent.said().ifPresent(said -> node.set("said", said(said)));
        node.setAll(WriteJson.write(sent.row()));
        return node;
    }

    /** The entry that {@link #write} wrote. */
    public static Sent read(JsonNode node) {
        return new Sent(
                node.path("run").asLong(),
                new MappingId(node.path("mapping").asText()),
                node.path("mapping_version").asText(),
                node.path("plan").asText(),
                WriteJson.read(node),
                Json.instant(node, "sent").orElseThrow(),
                node.has("outcome") ? Optional.of(OutcomeJson.read(node.path("outcome"))) : Optional.empty(),
                Json.instant(node, "answered"),
                Json.instant(node, "erased"),
                node.has("said") ? Optional.of(said(node.path("said"))) : Optional.empty());
    }

    private static ObjectNode said(Said said) {
        return Json.object()
                .put("word", Words.of(said.word()))
                .put("who", said.decision().who())
                .put("why", said.decision().why())
                .put("at", said.decision().at().toString());
    }

    private static Said said(JsonNode node) {
        return new Said(
                Words.parse(OnUnknown.class, node.path("word").asText()),
                new Decision(
                        node.path("who").asText(),
                        node.path("why").asText(),
                        Json.instant(node, "at").orElseThrow()));
    }
}
