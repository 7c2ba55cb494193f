package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;

/** A person's word: {@code {who, why, at}}, in the audit also what it was about. */
public final class DecisionJson {

    private DecisionJson() {}

    /** The decision as one object. */
    public static ObjectNode write(Decision decision) {
        return Json.object()
                .put("who", decision.who())
                .put("why", decision.why())
                .put("at", decision.at().toString());
    }

    /** The decision that {@link #write} wrote. */
    public static Decision read(JsonNode node) {
        return new Decision(
                node.path("who").asText(),
                node.path("why").asText(),
                Json.instant(node, "at").orElseThrow());
    }

    /** An audit entry as one object. */
    public static ObjectNode writeEntry(AuditEntry entry) {
        return Json.object()
                .put("id", entry.id())
                .put("at", entry.at().toString())
                .put("who", entry.who())
                .put("action", entry.action())
                .put("subject", entry.subject())
                .put("why", entry.why());
    }

    /** The entry that {@link #writeEntry} wrote. */
    public static AuditEntry readEntry(JsonNode node) {
        return new AuditEntry(
                node.path("id").asLong(),
                Json.instant(node, "at").orElseThrow(),
                node.path("who").asText(),
                node.path("action").asText(),
                node.path("subject").asText(),
                node.path("why").asText());
    }
}
