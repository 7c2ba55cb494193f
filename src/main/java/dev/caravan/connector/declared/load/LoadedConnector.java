package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a connector.
 *
 * @param spec there if and only if there is no problem
 * @param problems all of them, by place, each with the line it stands in
 * @param version the SHA-256 of its text, lower-case hex; empty where there is none
 * @param exchanges the files of its examples, relative to the workspace, in order
 */
public record LoadedConnector(
        Optional<ConnectorSpec> spec, List<Problem> problems, String version, List<String> exchanges) {
    public LoadedConnector {
        problems = List.copyOf(problems);
        exchanges = List.copyOf(exchanges);
    }
}
