package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Forgot;
import dev.caravan.mapping.MappingId;

/** {@code {mapping, token, rows, snapshot}}: what became of a forgotten key; without the key. */
public final class ForgotJson {

    private ForgotJson() {}

    /** It as one object. */
    public static ObjectNode write(Forgot forgot) {
        return Json.object()
                .put("mapping", forgot.mapping().value())
                .put("token", forgot.token())
                .put("rows", forgot.rows())
                .put("snapshot", forgot.snapshot());
    }

    /** What {@link #write} wrote. */
    public static Forgot read(JsonNode node) {
        return new Forgot(
                new MappingId(node.path("mapping").asText()),
                node.path("token").asText(),
                node.path("rows").asLong(),
                node.path("snapshot").asBoolean());
    }
}
