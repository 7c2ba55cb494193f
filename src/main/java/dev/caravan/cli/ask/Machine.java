package dev.caravan.cli.ask;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.lock.WorkspaceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code doctor} can see without opening the workspace. */
final class Machine {

    private static final long LITTLE = 1L << 30;

    private Machine() {}

    static List<Finding> findings(Path workspace) {
        Path state = workspace.resolve("state");
        return List.of(
                new Finding("folder", Level.OK, workspace.toString()),
                java(),
                disk(Files.exists(state) ? state : workspace),
                owner(state));
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return version >= 21
                ? new Finding("java", Level.OK, "version " + version)
                : new Finding("java", Level.BROKEN, "version " + version + ", 21 or newer is needed");
    }

    private static Finding disk(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String detail = (free >> 20) + " MiB free under " + folder;
            if (!Files.isWritable(folder)) {
                return new Finding("disk", Level.BROKEN, folder + " is not writable by this user");
            }
            return new Finding("disk", free < LITTLE ? Level.WARNING : Level.OK, detail);
        } catch (IOException e) {
            return new Finding("disk", Level.BROKEN, folder + " cannot be looked at");
        }
    }

    private static Finding owner(Path state) {
        String detail = WorkspaceLock.owner(state)
                .map(other -> other.owner().map(note -> "held by " + note).orElse("held by a process that starts"))
                .orElse("free");
        return new Finding("lock", Level.OK, detail);
    }
}
