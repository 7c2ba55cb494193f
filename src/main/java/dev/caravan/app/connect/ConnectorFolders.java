package dev.caravan.app.connect;

import dev.caravan.connector.declared.example.ExampleBook;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.problem.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the folders of connectors are: in the workspace, else where Caravan is installed.
 *
 * @param installed where Caravan is installed, if that is known
 */
public record ConnectorFolders(Path workspace, Optional<Path> installed) {

    /**
     * Plays a connector's examples.
     *
     * @throws InvalidInput ({@code connector.name}, {@code connector.missing}) if there is no folder of this name
     */
    public ExampleBook play(String name) {
        if (!ConnectorReader.validName(name)) {
            throw new InvalidInput(wrongName(name));
        }
        return Stream.concat(Stream.of(workspace), installed.stream())
                .filter(root -> Files.isDirectory(folder(root, name)))
                .findFirst()
                .map(root -> ExampleBook.play(root, folder(root, name)))
                .orElseThrow(() -> new InvalidInput(unknown(name)));
    }

    /**
     * Writes the part of a connector's README anew that its {@code connector.yaml} says. A README that is not there is begun.
     *
     * @return what is wrong with the file; then nothing is written
     * @throws InvalidInput ({@code connector.name}, {@code connector.missing}) if the workspace has no such connector
     */
    public List<Problem> describe(String name) {
        if (!ConnectorReader.validName(name)) {
            throw new InvalidInput(wrongName(name));
        }
        Path folder = folder(workspace, name);
        Path file = folder.resolve(DeclaredConnectors.FILE);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput(unknown(name));
        }
        try {
            Path readme = folder.resolve("README.md");
            String page =
                    Files.exists(readme) ? Files.readString(readme) : NewConnector.filled(NewConnector.README, name);
            String shown = DeclaredConnectors.FOLDER + "/" + name + "/" + DeclaredConnectors.FILE;
            ConnectorPage made = ConnectorPage.of(shown, Files.readString(file), name, page);
            if (made.problems().isEmpty()) {
                Files.writeString(readme, made.text());
            }
            return made.problems();
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO,
                    "the files in connectors/" + name + " cannot be read or written",
                    "check rights and space there, and that they are UTF-8"));
        }
    }

    /** A name that no connector can have. */
    static Problem wrongName(String name) {
        return Problem.of(
                Code.CONNECTOR_NAME,
                "a connector cannot be called '" + name + "'",
                "write lower-case letters, digits and underscores, a letter first, 40 at most");
    }

    private Problem unknown(String name) {
        if (DeclaredConnectors.SHIPPED.contains(name)) {
            return Problem.of(
                    Code.CONNECTOR_MISSING,
                    "'" + name + "' comes with Caravan, and its examples are not in this workspace",
                    "copy Caravan's folder connectors/" + name + " to try it");
        }
        List<String> known = DeclaredConnectors.of(workspace).specs().keySet().stream()
                .sorted()
                .toList();
        return Problem.of(
                Code.CONNECTOR_MISSING,
                "there is no folder connectors/" + name + " in this workspace",
                Spelling.suggest(name, known, "caravan connectors new " + name + " begins one"));
    }

    private static Path folder(Path root, String name) {
        return root.resolve(DeclaredConnectors.FOLDER).resolve(name);
    }
}
