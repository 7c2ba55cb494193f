package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Doubtful;
import dev.caravan.app.Operations.Replayed;
import dev.caravan.app.Operations.Stands;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rejections that stand, {@code {reasons: [{code, field, rows}], rejected: [{mapping, key, canonical, code, field, run, since}]}}, with keys
 * in doubt, {@code {in_doubt, doubtful: [{mapping, key, kind, run, since, word}]}}, and what
 * a person has planned again: {@code {keys, unknown}} is asked, {@code {rows, strangers}} answered.
 */
public final class ReplayJson {

    private ReplayJson() {}

    /** What stands, as one object. */
    public static ObjectNode writeStands(Stands stands) {
        ObjectNode node = Json.object();
        node.set("reasons", Json.list(stands.reasons(), RejectionJson::write));
        node.set("rejected", Json.list(stands.rows(), ReplayJson::write));
        node.put("in_doubt", stands.inDoubt());
        node.set("doubtful", Json.list(stands.doubtful(), ReplayJson::writeDoubtful));
        return node;
    }

    /** What {@link #writeStands} wrote. */
    public static Stands readStands(JsonNode node) {
        return new Stands(
                Json.items(node, "reasons", RejectionJson::read),
                Json.items(node, "rejected", ReplayJson::read),
                node.path("in_doubt").asLong(),
                Json.items(node, "doubtful", ReplayJson::readDoubtful));
    }

    private static ObjectNode write(Standing row) {
        return Json.object()
                .put("mapping", row.mapping().value())
                .put("key", row.shown())
                .put("canonical", row.key().encoded())
                .put("code", row.code())
                .put("field", row.field())
                .put("run", row.run())
                .put("since", row.since().toString());
    }

    private static Standing read(JsonNode node) {
        return new Standing(
                new MappingId(node.path("mapping").asText()),
                new RowKey(node.path("canonical").asText()),
                node.path("key").asText(),
                node.path("code").asText(),
                Json.text(node, "field"),
                node.path("run").asLong(),
                Json.instant(node, "since").orElseThrow());
    }

    private static ObjectNode writeDoubtful(Doubtful row) {
        ObjectNode node = Json.object()
                .put("mapping", row.mapping().value())
                .put("key", row.shown())
                .put("kind", Words.of(row.kind()))
                .put("run", row.run())
                .put("since", row.since().toString());
        row.word().ifPresent(word -> node.put("word", Words.of(word)));
        return node;
    }

    private static Doubtful readDoubtful(JsonNode node) {
        return new Doubtful(
                new MappingId(node.path("mapping").asText()),
                node.path("key").asText(),
                Words.parse(Kind.class, node.path("kind").asText()),
                node.path("run").asLong(),
                Json.instant(node, "since").orElseThrow(),
                Optional.ofNullable(Json.text(node, "word")).map(word -> Words.parse(OnUnknown.class, word)));
    }

    /** Adds to a body what is asked for. */
    public static ObjectNode ask(ObjectNode body, Set<String> keys, Optional<OnUnknown> unknown) {
        ArrayNode named = body.putArray("keys");
        keys.forEach(named::add);
        unknown.ifPresent(word -> body.put("unknown", Words.of(word)));
        return body;
    }

    /** The keys that a body names; none for all. */
    public static Set<String> readKeys(JsonNode body) {
        Set<String> keys = new LinkedHashSet<>();
        body.path("keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    /** The word that a body has on inserts in doubt. */
    public static Optional<OnUnknown> readUnknown(JsonNode body) {
        return Optional.ofNullable(Json.text(body, "unknown"))
                .map(word -> List.of(OnUnknown.values()).stream()
                        .filter(known -> Words.of(known).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new InvalidInput(
                                Problem.of(Code.USAGE, "unknown is none of hold, resend and drop", ""))));
    }

    /** What came of it, as one object. */
    public static ObjectNode writeReplayed(Replayed replayed) {
        return Json.object().put("rows", replayed.rows()).put("strangers", replayed.strangers());
    }

    /** What {@link #writeReplayed} wrote. */
    public static Replayed readReplayed(JsonNode node) {
        return new Replayed(node.path("rows").asLong(), node.path("strangers").asLong());
    }
}
