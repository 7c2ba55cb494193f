package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.example.Example;
import dev.caravan.connector.declared.example.ExampleReader;
import dev.caravan.connector.declared.example.ExampleRun;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

        List<Example> others = new ArrayList<>();
        for (Path other : examples()) {
            if (file.getParent().equals(other.getParent())) {
                others.add(read(other, Files.readString(other)));
            }
        }
        assertThat(ExampleRun.play(Bed.ownSpec(name), read(file, Files.readString(file)), others))
                .isEmpty();
    }

    /** Of HubSpot alone some are not: its objects share most operations, and to delete is to archive there. */
    private static final Set<String> NOT_SHOWN = Set.of(
            "hubspot: UPDATE of people",
            "hubspot: ARCHIVE of people",
            "hubspot: DELETE of people",
            "hubspot: DELETE of companies, deals, tickets, and custom objects by their type id or full name",
            "hubspot: REMOVE of the same under a label, by its category (hubspot_defined, user_defined,"
                    + " integrator_defined) and the number of its type");

    @Test
    void everyOperationIsShown() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String name : Bed.connectors()) {
            ConnectorSpec spec = Bed.ownSpec(name);
            Set<String> shown = new HashSet<>();
            for (Example example : Bed.examples(name)) {
                example.action()
                        .ifPresent(action -> shown.add(spec.object(example.object())
                                        .orElseThrow()
                                        .object()
                                        .about() + " " + action));
            }
            for (ObjectSpec object : spec.objects()) {
                object.operations().keySet().stream()
                        .filter(action -> !shown.contains(object.about() + " " + action))
                        .forEach(action -> missing.add(name + ": " + action + " of " + object.about()));
            }
        }
        assertThat(missing).isSubsetOf(NOT_SHOWN);
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
