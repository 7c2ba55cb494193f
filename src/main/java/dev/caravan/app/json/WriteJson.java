package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import java.util.Optional;

/** A plan's row: what is sent ({@code fields}), what was there ({@code before}), the model row it comes from ({@code row}). */
final class WriteJson {

    private WriteJson() {}

    static ObjectNode write(PlannedWrite write) {
        ObjectNode node = Json.object()
                .put("ordinal", write.ordinal())
                .put("key", write.key().display())
                .put("canonical_key", write.key().encoded())
                .put("kind", Words.of(write.kind()))
                .put("cause", Words.of(write.cause()));
        write.removal().ifPresent(action -> node.put("action", action));
        node.set("target_key", ValueJson.write(write.targetKey()));
        if (write.remoteId() != null) {
            node.put("remote_id", write.remoteId());
        }
        node.put("was_created_by_us", write.createdByUs());
        node.set("fields", ValueJson.writeAll(write.fields()));
        node.set("before", ValueJson.writeAll(write.before()));
        node.set("row", ValueJson.writeAll(write.image().values()));
        node.set("withheld", ValueJson.writeAll(write.withheld()));
        write.held().ifPresent(reason -> node.put("held", reason));
        return node;
    }

    static PlannedWrite read(JsonNode node) {
        return new PlannedWrite(
                node.path("ordinal").asLong(),
                new RowKey(node.path("canonical_key").asText()),
                Words.parse(PlannedWrite.Kind.class, node.path("kind").asText()),
                Words.parse(Cause.class, node.path("cause").asText()),
                ValueJson.read(node.path("target_key")),
                Json.text(node, "remote_id"),
                node.path("was_created_by_us").asBoolean(),
                ValueJson.readAll(node.path("fields")),
                ValueJson.readAll(node.path("before")),
                new Row(ValueJson.readAll(node.path("row"))),
                null,
                ValueJson.readAll(node.path("withheld")),
                Optional.ofNullable(Json.text(node, "held")));
    }
}
