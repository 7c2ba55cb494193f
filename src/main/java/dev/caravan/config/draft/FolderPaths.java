package dev.caravan.config.draft;

import dev.caravan.config.settings.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Says whether a path stays in a connection's folder, links followed as far as they exist. */
public final class FolderPaths {

    private FolderPaths() {}

    /**
     * Whether the file lies in the folder. Ask again before each read: links change. Always true for a connection that is
     * no folder.
     */
    public static boolean inside(Connection connection, String relative) {
        if (!(connection instanceof Connection.Folder folder)) {
            return true;
        }
        try {
            Path file = folder.path().resolve(relative).normalize();
            boolean below = !Path.of(relative).isAbsolute() && file.startsWith(folder.path());
            return below
                    && (!Files.exists(file)
                            || file.toRealPath().startsWith(folder.path().toRealPath()));
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }
}
