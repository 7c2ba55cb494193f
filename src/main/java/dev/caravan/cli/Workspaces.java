package dev.caravan.cli;

import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
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
        if (asked == null) {
            return nearest(current, home).orElseThrow(() -> missing(current));
        }
        if (!Files.exists(asked.resolve(FILE))) {
            throw missing(asked);
        }
        return absolute(asked);
    }

    /** Says which folder is meant where nobody named it and the current one is none: whoever writes there should know. */
    static Optional<String> notice(@Nullable Path asked, Path current, @Nullable String home) {
        return asked != null || Files.exists(current.resolve(FILE))
                ? Optional.empty()
                : nearest(current, home)
                        .map(folder -> "workspace " + folder + ", the one beside the launcher; -w DIR names another");
    }

    /** The current folder, if it is a workspace; else where Caravan is installed, if that is one. */
    static Optional<Path> nearest(Path current, @Nullable String home) {
        return Stream.concat(Stream.of(current), Stream.ofNullable(home).map(Path::of))
                .filter(folder -> Files.exists(folder.resolve(FILE)))
                .findFirst()
                .map(Workspaces::absolute);
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    private static InvalidInput missing(Path folder) {
        return new InvalidInput(Problem.of(
                Code.WORKSPACE_MISSING,
                "there is no caravan.yaml in " + absolute(folder),
                "change into a workspace or name it with -w DIR"));
    }
}
