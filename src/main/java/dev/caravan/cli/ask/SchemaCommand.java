package dev.caravan.cli.ask;

import dev.caravan.app.connect.Catalogues;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.config.WorkspaceFile;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.connector.declared.example.ExampleShapes;
import dev.caravan.connector.declared.load.ConnectorSchema;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.problem.Spelling;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan schema}: what files may say, for editors. Needs no worker, and does without a workspace. */
@Command(name = "schema", description = "Print or write the JSON Schemas of workspace files, for editors.")
public final class SchemaCommand implements Callable<Integer> {

    private static final String CONNECTOR = "connector";
    private static final String EXAMPLE = "example";

    private final Desk desk;

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "caravan, mapping, model, sandbox, connector or example.")
    private @Nullable String kind;

    @Option(names = "--into", paramLabel = "FOLDER", description = "Write all of them into this folder.")
    private @Nullable Path into;

    public SchemaCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        PrintStream out = desk.console().out();
        Map<String, String> files = files();
        if (into != null) {
            write(into, out);
        } else if (kind != null) {
            if (!files.containsKey(kind)) {
                throw unknown(kind, files);
            }
            out.print(schema(kind));
        } else {
            files.forEach((word, file) -> out.printf("%-10s%s%n", word, file));
            out.println("caravan schema KIND prints one, caravan schema --into FOLDER writes all.");
        }
        return Exit.DONE;
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (WorkspaceFile file : WorkspaceFile.values()) {
            files.put(file.word(), file.files());
        }
        files.put(CONNECTOR, "connectors/*/connector.yaml");
        files.put(EXAMPLE, "connectors/*/exchanges/*.yaml");
        return files;
    }

    private String schema(String word) {
        return switch (word) {
            case CONNECTOR -> ConnectorSchema.json();
            case EXAMPLE -> ExampleShapes.schema();
            default -> WorkspaceFile.of(word).schema(connectors());
        };
    }

    /** The workspace's own connectors are among those that connections may be on. */
    private Catalogue connectors() {
        Optional<Path> workspace = desk.maybeWorkspace();
        return Catalogues.of(workspace.orElse(Path.of("").toAbsolutePath()));
    }

    private void write(Path folder, PrintStream out) {
        try {
            Files.createDirectories(folder);
            for (String word : files().keySet()) {
                Path file = folder.resolve(word + ".schema.json");
                Files.writeString(file, schema(word));
                out.println(file);
            }
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO, "the folder " + folder + " cannot be written", "check rights and space there"));
        }
        out.println("A file's first line names its schema for the YAML language server:");
        out.println("  # yaml-language-server: $schema=PATH FROM THE FILE/mapping.schema.json");
    }

    private static InvalidInput unknown(String kind, Map<String, String> files) {
        String all = "choose one of " + String.join(", ", files.keySet());
        return new InvalidInput(Problem.of(
                Code.YAML_BAD_VALUE,
                "there is no kind of file '" + kind + "'",
                Spelling.suggest(kind, files.keySet(), all)));
    }
}
