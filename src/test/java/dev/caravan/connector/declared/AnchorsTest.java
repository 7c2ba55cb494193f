package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;

/** Whoever reads a name in a connector's file looks for the place that uses it. */
class AnchorsTest {

    static List<String> connectors() throws IOException {
        return Bed.connectors();
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void whatIsNamedIsUsed(String connector) throws IOException {
        String text = Files.readString(Path.of("connectors", connector, "connector.yaml"));
        Map<String, String> open = new LinkedHashMap<>();
        List<String> unused = new ArrayList<>();
        for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
            if (event instanceof AliasEvent use) {
                open.remove(use.getAlias().getValue());
            } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                String name = node.getAnchor().get().getValue();
                // Named anew, what had the name before can be used no more.
                if (open.containsKey(name)) {
                    unused.add(open.get(name));
                }
                open.put(name, name + " in line " + (line(event) + 1));
            }
        }
        unused.addAll(open.values());
        assertThat(unused).isEmpty();
    }

    private static int line(Event event) {
        return event.getStartMark().orElseThrow().getLine();
    }
}
