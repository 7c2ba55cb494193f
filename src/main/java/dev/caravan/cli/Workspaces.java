package dev.caravan.cli;

import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which folder is meant. */
final class Workspaces {

    private static final String FILE = "caravan.yaml";

    private Workspaces() {}

    /**
     * The folder asked for; else the current one, if it is a workspace; else where Caravan is installed.
     *
     * @throws InvalidInput ({@code workspace.missing}) if that one holds no caravan.yaml
     */
    static Path find(@Nullable Path asked, Path current, @Nullable String home) {
        Path chosen = asked != null ? asked : current;
        if (asked == null && home != null && !Files.exists(current.resolve(FILE))) {
            chosen = Path.of(home);
        }
        Path folder = chosen.toAbsolutePath().normalize();
        if (!Files.exists(folder.resolve(FILE))) {
            throw new InvalidInput(Problem.of(
                    Code.WORKSPACE_MISSING,
                    "there is no caravan.yaml in " + folder,
                    "change into a workspace or name it with -w DIR"));
        }
        return folder;
    }
}
