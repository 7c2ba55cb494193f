package dev.caravan.connector.declared;

import dev.caravan.connector.declared.example.Example;
import dev.caravan.connector.declared.example.ExampleReader;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Declared destinations and batches for them. */
public final class Bed {

    private static final Path OWN = Path.of("connectors");
    private static final Path OTHERS = Path.of("src/test/resources/declared");

    private Bed() {}

    /** One of the connectors that exist for tests. */
    public static DeclaredDestination other(String name, Map<String, String> settings) {
        return new DeclaredDestination(
                good(ConnectorReader.folder(OTHERS, OTHERS.resolve("connectors/" + name))), settings);
    }

    /** One of the project's own connectors. */
    public static DeclaredDestination own(String name, Map<String, String> settings) {
        return new DeclaredDestination(ownSpec(name), settings);
    }

    /** What it says. */
    public static ConnectorSpec ownSpec(String name) {
        return good(ConnectorReader.folder(Path.of("."), OWN.resolve(name)));
    }

    /** The names of the project's own. */
    public static List<String> connectors() throws IOException {
        try (Stream<Path> folders = Files.list(OWN)) {
            return folders.filter(folder -> Files.exists(folder.resolve("connector.yaml")))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** The examples of one of them. */
    public static List<Example> examples(String name) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String file :
                ConnectorReader.folder(Path.of("."), OWN.resolve(name)).exchanges()) {
            Findings findings = new Findings();
            ExampleReader.read(YamlSource.of(file, Files.readString(Path.of(file)), "1"), findings)
                    .ifPresent(examples::add);
            if (!findings.none()) {
                throw new AssertionError(findings.problems());
            }
        }
        return examples;
    }

    /** A connector called {@code sample} with these objects below a usual head. */
    public static DeclaredDestination sample(String yaml) {
        return sample("https://sample.example", yaml);
    }

    /** The same below another address. */
    static DeclaredDestination sample(String base, String yaml) {
        String head = """
                connector: sample
                title: Sample
                settings: {key: {secret: true}}
                base_url: BASE
                auth: {type: bearer, token: "{{ settings.key }}"}
                account: {get: /me, at: $.id}
                """.replace("BASE", base);
        return new DeclaredDestination(
                good(ConnectorReader.text(YamlSource.of("connector.yaml", head + yaml, "1"), "sample")), Map.of());
    }

    private static ConnectorSpec good(LoadedConnector loaded) {
        return loaded.spec()
                .orElseThrow(() -> new AssertionError(
                        loaded.problems().stream().map(Problem::oneLine).toList()));
    }

    /** A batch of an object whose fields the connector knows. */
    public static Batch batch(
            DeclaredDestination destination, Action action, String object, String keyField, List<Write> writes) {
        TargetSchema schema = Drive.script().run(destination.describe(object)) instanceof Described.Schema described
                ? described.schema()
                : new TargetSchema(object, List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(action, false, object, keyField, schema, writes);
    }

    /** Rows with these keys and one field. */
    public static List<Write> rows(String... keys) {
        List<Write> writes = new ArrayList<>();
        for (String key : keys) {
            writes.add(row(writes.size(), key, null, Map.of("name", new Value.Text("Name of " + key))));
        }
        return writes;
    }

    /** A row. */
    public static Write row(int ordinal, String key, String remoteId, Map<String, Value> fields) {
        return new Write(ordinal, Kind.CHANGE, new Value.Text(key), remoteId, new LinkedHashMap<>(fields));
    }

    /** Outcomes in short words. */
    public static List<String> words(List<Outcome> outcomes) {
        return outcomes.stream().map(Bed::word).toList();
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted yes -> "accepted " + yes.remoteId() + (yes.created() ? " created" : "");
            case Outcome.Unchanged same -> "unchanged " + same.remoteId();
            case Outcome.Rejected no ->
                "rejected " + no.code() + " " + no.errorClass().name().toLowerCase(Locale.ROOT)
                        + (no.together() ? " together" : "");
            case Outcome.Deferred later -> "deferred " + later.reason();
            case Outcome.Unknown unknown -> "unknown " + unknown.reason();
        };
    }
}
