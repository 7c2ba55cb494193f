package dev.caravan.app;

import dev.caravan.app.lock.OwnerOnly;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.problem.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes what is kept readable by its owner alone: folders 0700, files 0600. A folder outside of the workspace that is there already
 * may be a mount or somebody else's, and stays as it is.
 */
final class StateFolders {

    private StateFolders() {}

    /** Makes the folders, and closes them with the files that earlier versions, or the engine meanwhile, left open. */
    static void close(WorkspaceConfig config) {
        Path state = config.state().folder();
        Path schemas = state.resolve("schemas");
        Path targets = state.resolve("targets");
        List<Path> ours = List.of(
                state,
                schemas,
                targets,
                config.state().snapshots(),
                config.state().own(),
                config.engine().temp());
        try {
            for (Path folder : ours) {
                OwnerOnly.directory(folder);
                if (folder.startsWith(config.root()) && !folder.equals(config.root())) {
                    OwnerOnly.tighten(folder);
                }
            }
            for (Path folder : List.of(schemas, targets, config.state().own())) {
                files(folder);
            }
        } catch (IOException e) {
            throw DiskFailure.of(
                    "the state folder " + state,
                    e.getMessage(),
                    "check that it exists, has room and is writable by this user");
        }
    }

    private static void files(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                OwnerOnly.tighten(file);
            }
        }
    }
}
