package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;

/** {@code {what, level: ok|warning|broken, detail}}. */
public final class FindingJson {

    private FindingJson() {}

    /** The finding as one object. */
    public static ObjectNode write(Finding finding) {
        return Json.object()
                .put("what", finding.what())
                .put("level", Words.of(finding.level()))
                .put("detail", finding.detail());
    }

    /** The finding that {@link #write} wrote. */
    public static Finding read(JsonNode node) {
        return new Finding(
                node.path("what").asText(),
                Words.parse(Level.class, node.path("level").asText()),
                node.path("detail").asText());
    }
}
