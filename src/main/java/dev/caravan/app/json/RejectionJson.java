package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.run.Rejection;
import java.util.Optional;

/**
 * Refusals: {@code {code, field, rows}} of a report, and {@code words} where those are about no row;
 * {@code {key, code, field}} row by row; {@code field} null where none is named.
 */
public final class RejectionJson {

    private RejectionJson() {}

    static ObjectNode write(Rejection rejection) {
        ObjectNode node = Json.object()
                .put("code", rejection.code())
                .put("field", rejection.field())
                .put("rows", rejection.rows());
        rejection.words().ifPresent(words -> node.put("words", words));
        return node;
    }

    static Rejection read(JsonNode node) {
        return new Rejection(
                node.path("code").asText(),
                Json.text(node, "field"),
                node.path("rows").asLong(),
                Optional.ofNullable(Json.text(node, "words")));
    }

    /** A refused row as one object. */
    public static ObjectNode writeRow(Refused row) {
        return Json.object().put("key", row.key()).put("code", row.code()).put("field", row.field());
    }

    /** The row that {@link #writeRow} wrote. */
    public static Refused readRow(JsonNode node) {
        return new Refused(node.path("key").asText(), node.path("code").asText(), Json.text(node, "field"));
    }
}
