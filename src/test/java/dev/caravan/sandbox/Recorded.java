package dev.caravan.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Exchanges recorded with the real APIs, which lie outside this repository, and what of an answer is its form. */
final class Recorded {

    private Recorded() {}

    /** Every exchange of one API; the test is skipped, and says so, where they are absent. */
    static List<JsonNode> with(String api) throws IOException {
        Path file = Path.of(System.getProperty("caravan.shared", "../shared")).resolve("recorded/" + api + ".jsonl");
        assumeTrue(
                Files.exists(file),
                "SKIPPED: no recorded exchanges at " + file.toAbsolutePath() + "; set -Dcaravan.shared=FOLDER");
        List<JsonNode> exchanges = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            exchanges.add(Client.json(line));
        }
        return exchanges;
    }

    /**
     * The form of an answer: names and kinds of values instead of values. A list has the forms of its elements once each,
     * so that neither their order nor their number matters.
     */
    static JsonNode form(JsonNode node) {
        if (node.isObject()) {
            ObjectNode form = Client.JSON.createObjectNode();
            Set<String> names = new TreeSet<>();
            node.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> form.set(name, form(node.path(name))));
            return form;
        }
        if (node.isArray()) {
            ArrayNode form = Client.JSON.createArrayNode();
            Set<String> seen = new TreeSet<>();
            node.forEach(each -> seen.add(form(each).toString()));
            seen.forEach(each -> form.add(Client.json(each)));
            return form;
        }
        return Client.JSON.getNodeFactory().textNode(node.getNodeType().toString());
    }
}
