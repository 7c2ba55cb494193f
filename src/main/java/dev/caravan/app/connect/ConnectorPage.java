package dev.caravan.app.connect;

import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import java.util.List;

/**
 * The README of a connector that is a file, whose last part that file says.
 *
 * @param text as it was where there are problems
 * @param problems of the connector's file, each at its place
 */
record ConnectorPage(String text, List<Problem> problems) {

    ConnectorPage {
        problems = List.copyOf(problems);
    }

    /**
     * The page with that part made anew.
     *
     * @param shown the connector's file for problems, relative to the workspace
     * @param connector what stands in it
     * @param page the README as it is
     */
    static ConnectorPage of(String shown, String connector, String name, String page) {
        YamlSource source = YamlSource.of(shown, connector, "");
        LoadedConnector loaded = ConnectorReader.text(source, name);
        String text = loaded.spec()
                .flatMap(spec -> YamlReader.read(source, new Findings()).map(file -> DeclaredFacts.of(spec, file)))
                .map(facts -> ReadmeBlock.within(page, facts))
                .orElse(page);
        return new ConnectorPage(text, loaded.problems());
    }
}
