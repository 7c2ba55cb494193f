package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Operations.Resumed;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import java.util.Optional;

/** A pause: {@code {who, why, at, scope}}, the scope as {@link Scope#text}. */
public final class PauseJson {

    private PauseJson() {}

    /** The pause as one object. */
    public static ObjectNode write(Pause pause) {
        return DecisionJson.write(pause.decision()).put("scope", pause.scope().text());
    }

    /** The pause that {@link #write} wrote. */
    public static Pause read(JsonNode node) {
        return new Pause(Scope.parse(node.path("scope").asText()).orElseThrow(), DecisionJson.read(node));
    }

    /** The answer to a pause: {@code before} is the one that holds already, if one does. */
    public static ObjectNode writeBefore(Optional<Pause> before) {
        ObjectNode node = Json.object();
        before.ifPresent(pause -> node.set("before", write(pause)));
        return node;
    }

    /** What {@link #writeBefore} wrote. */
    public static Optional<Pause> readBefore(JsonNode node) {
        return Optional.ofNullable(node.get("before")).map(PauseJson::read);
    }

    /** The answer to a resume: {@code lifted}, if something was, and {@code left}. */
    public static ObjectNode writeResumed(Resumed resumed) {
        ObjectNode node = Json.object();
        resumed.lifted().ifPresent(pause -> node.set("lifted", write(pause)));
        node.set("left", Json.list(resumed.left(), PauseJson::write));
        return node;
    }

    /** What {@link #writeResumed} wrote. */
    public static Resumed readResumed(JsonNode node) {
        return new Resumed(
                Optional.ofNullable(node.get("lifted")).map(PauseJson::read),
                Json.items(node, "left", PauseJson::read));
    }
}
