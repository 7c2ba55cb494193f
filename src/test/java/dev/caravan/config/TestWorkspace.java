package dev.caravan.config;

import dev.caravan.config.check.SchemaLookup;
import dev.caravan.config.settings.Environment;
import dev.caravan.model.Column;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.Problem;
import dev.caravan.row.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A copy of the good workspace that a test may spoil. */
record TestWorkspace(Path root) {

    static final String MAPPING = "mappings/growth/lead-scores.yaml";

    static final SchemaLookup SCORES = model -> Optional.of(new ModelSchema(List.of(
            new Column("lead_id", ValueType.TEXT),
            new Column("email", ValueType.TEXT),
            new Column("score", ValueType.DECIMAL),
            new Column("grade", ValueType.TEXT),
            new Column("model_version", ValueType.TEXT),
            new Column("scored_at", ValueType.TIMESTAMPTZ),
            new Column("seen_at", ValueType.TIMESTAMP))));

    /** When these tests happen. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Path GOOD = Path.of("src/test/resources/workspaces/good");

    static TestWorkspace copyTo(Path root) {
        try (Stream<Path> files = Files.walk(GOOD)) {
            TestWorkspace copy = new TestWorkspace(root);
            files.filter(Files::isRegularFile)
                    .forEach(file -> copy.write(GOOD.relativize(file).toString(), read(file)));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestWorkspace write(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestWorkspace replace(String file, String from, String to) {
        String text = text(file);
        if (!text.contains(from)) {
            throw new IllegalArgumentException("the good " + file + " has no " + from);
        }
        return write(file, text.replace(from, to));
    }

    String text(String file) {
        return read(root.resolve(file));
    }

    LoadResult load() {
        return load(SCORES);
    }

    LoadResult load(SchemaLookup schemas) {
        Environment environment =
                name -> Optional.of(name.endsWith("_URL") ? "https://acme.example" : "value of " + name);
        return new Workspace(root, environment, () -> NOW, config -> schemas).load();
    }

    static List<String> brief(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.place() + " " + problem.code().text())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
