package dev.caravan.app.connect;

import dev.caravan.config.settings.Catalogue;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * Begins a connector in a workspace: one that can be read, and whose example holds, so that a person changes something that works.
 *
 * @param files what was written, relative to the workspace
 */
public record NewConnector(List<String> files) {

    /** What a page begins with that is made anew. */
    static final String README = "new-readme.md";

    public NewConnector {
        files = List.copyOf(files);
    }

    /**
     * Writes the files; never over any that are there.
     *
     * @throws InvalidInput ({@code connector.name}, {@code connector.exists}) if there can be no connector of this name, or is one already
     */
    public static NewConnector make(Path workspace, String name) {
        if (!ConnectorReader.validName(name)) {
            throw new InvalidInput(ConnectorFolders.wrongName(name));
        }
        String folder = DeclaredConnectors.FOLDER + "/" + name;
        if (Catalogue.BUILT_IN.find(name).isPresent() || DeclaredConnectors.SHIPPED.contains(name)) {
            throw exists(
                    "'" + name + "' is a connector that comes with Caravan",
                    "choose another name; caravan connectors list shows what there is");
        }
        if (Files.exists(workspace.resolve(folder))) {
            throw exists("there is a folder " + folder + " already", "edit what is there, or choose another name");
        }
        NewConnector made = new NewConnector(List.of(
                folder + "/" + DeclaredConnectors.FILE, folder + "/exchanges/upsert.yaml", folder + "/README.md"));
        try {
            Files.createDirectories(workspace.resolve(folder).resolve("exchanges"));
            String connector = filled("new-connector.yaml", name);
            write(workspace.resolve(made.files().get(0)), connector);
            write(workspace.resolve(made.files().get(1)), filled("new-example.yaml", name));
            ConnectorPage page = ConnectorPage.of(made.files().get(0), connector, name, filled(README, name));
            write(workspace.resolve(made.files().get(2)), page.text());
            return made;
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO, "the folder " + folder + " cannot be written", "check rights and space there"));
        }
    }

    private static InvalidInput exists(String message, String suggestion) {
        return new InvalidInput(Problem.of(Code.CONNECTOR_EXISTS, message, suggestion));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }

    static String filled(String resource, String name) throws IOException {
        try (InputStream in = NewConnector.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("a file is missing in this build: " + resource);
            }
            String spaced = name.replace('_', ' ');
            String title = spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("ENV_", name.toUpperCase(Locale.ROOT) + "_")
                    .replace("NAME", name)
                    .replace("TITLE", title);
        }
    }
}
