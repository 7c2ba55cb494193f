package dev.caravan.connector.declared.example;

import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.row.Digest;
import dev.caravan.yaml.Excerpts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All examples of a connector, played.
 *
 * @param played those that could be read, in the order of their files
 * @param problems what is wrong with the connector and with the other examples; empty if all could be played
 */
public record ExampleBook(List<Played> played, List<Problem> problems) {

    public ExampleBook {
        played = List.copyOf(played);
        problems = List.copyOf(problems);
    }

    /**
     * One that was played.
     *
     * @param file relative to the workspace
     * @param differences what does not agree, in sentences; empty if all does
     */
    public record Played(String file, String about, List<String> differences) {
        public Played {
            differences = List.copyOf(differences);
        }

        /** Whether the connector does what it says. */
        public boolean good() {
            return differences.isEmpty();
        }
    }

    /**
     * Plays the examples in a connector's folder. Without a sound connector nothing is played, and a connector without examples is a
     * problem: nothing would have been shown.
     *
     * @param root what places are relative to
     */
    public static ExampleBook play(Path root, Path folder) {
        LoadedConnector loaded = ConnectorReader.folder(root, folder);
        List<Problem> problems = new ArrayList<>(loaded.problems());
        List<Played> played = new ArrayList<>();
        loaded.spec().ifPresent(spec -> {
            List<Example> examples = loaded.exchanges().stream()
                    .flatMap(file -> read(root, file, problems).stream())
                    .toList();
            examples.forEach(example ->
                    played.add(new Played(example.file(), example.about(), ExampleRun.play(spec, example, examples))));
            if (loaded.exchanges().isEmpty()) {
                problems.add(none(root, folder));
            }
        });
        return new ExampleBook(played, problems);
    }

    /** Whether every example could be played and holds. */
    public boolean good() {
        return problems.isEmpty() && played.stream().allMatch(Played::good);
    }

    private static Problem none(Path root, Path folder) {
        String shown = root.relativize(folder.resolve("exchanges")).toString().replace('\\', '/');
        return Problem.at(
                Code.CONNECTOR_MISSING,
                Place.ofFile(shown),
                "there are no examples here, so nothing was tried",
                "write one, as docs/connectors.md shows under Examples");
    }

    private static Optional<Example> read(Path root, String file, List<Problem> problems) {
        Findings findings = new Findings();
        Optional<YamlSource> source = source(root, file, findings);
        Optional<Example> example = source.flatMap(text -> ExampleReader.read(text, findings));
        problems.addAll(new Excerpts(source.map(text -> Map.of(file, text)).orElse(Map.of())).of(findings));
        return example.filter(read -> findings.none());
    }

    private static Optional<YamlSource> source(Path root, String file, Findings findings) {
        try {
            Path path = root.resolve(file);
            if (Files.size(path) > YamlReader.MAX_SIZE) {
                findings.report(Code.YAML_TOO_LARGE, Place.ofFile(file), "larger than 1 MB", "leave some out");
                return Optional.empty();
            }
            String text = Files.readString(path);
            return Optional.of(YamlSource.of(file, text, new Digest().add(text).hex()));
        } catch (CharacterCodingException e) {
            findings.report(Code.YAML_SYNTAX, Place.ofFile(file), "not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            findings.report(Code.CONNECTOR_MISSING, Place.ofFile(file), "cannot be read", "check its rights");
        }
        return Optional.empty();
    }
}
