package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.example.Example;
import dev.caravan.connector.declared.example.ExampleReader;
import dev.caravan.connector.declared.example.ExampleRun;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every declared connector of the project does what its examples say. */
class ExamplesTest {

    static List<Path> examples() throws IOException {
        List<Path> examples = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Path.of("connectors"))) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve("connector.yaml"))) {
                    LoadedConnector loaded = ConnectorReader.folder(Path.of("."), folder);
                    assertThat(loaded.problems()).extracting(Problem::oneLine).isEmpty();
                    loaded.exchanges().forEach(file -> examples.add(Path.of(file)));
                }
            }
        }
        assertThat(examples).isNotEmpty();
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holds(Path file) throws IOException {
        String name = String.valueOf(file.getName(file.getNameCount() - 3));

        assertThat(ExampleRun.play(Bed.ownSpec(name), read(file, Files.readString(file))))
                .isEmpty();
    }

    /** A player that finds nothing is no proof. */
    @Test
    void whatDoesNotAgreeIsFound() throws IOException {
        Path file = Path.of("connectors/hubspot/exchanges/upsert.yaml");
        String wrong = Files.readString(file)
                .replace("accepted 1002", "accepted 1003")
                .replace("\"12.5\"", "12.5")
                .replace("post: /crm/v3", "post: /crm/v4");

        assertThat(ExampleRun.play(Bed.ownSpec("hubspot"), read(file, wrong)))
                .hasSize(3)
                .anyMatch(difference -> difference.startsWith("outcomes"))
                .anyMatch(difference -> difference.contains("body"))
                .anyMatch(difference -> difference.contains("/crm/v4"));
    }

    private static Example read(Path file, String text) {
        Findings findings = new Findings();
        Optional<Example> example = ExampleReader.read(YamlSource.of(file.toString(), text, "1"), findings);
        assertThat(findings.problems()).extracting(Problem::oneLine).isEmpty();
        return example.orElseThrow();
    }
}
