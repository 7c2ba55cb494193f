package dev.caravan.app.connect;

import dev.caravan.config.settings.Connection.Folder;
import dev.caravan.connector.file.FileDestination;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.problem.DiskFailure;
import dev.caravan.transport.file.FileSettings;
import dev.caravan.transport.file.FileTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Opens folders that files are written to. */
public final class FolderOpener implements Opener<Folder> {

    /** A publication ends with its process; this is for clocks and disks that answer late. */
    static final Duration ZOMBIES = Duration.ofMinutes(1);

    /** One batch at a time, since each is large and is merged into a whole file. */
    static final ConnectionLimits LIMITS = new ConnectionLimits(1_000, 1, 1);

    @Override
    public Opened open(Folder folder, Surroundings surroundings) {
        FileSettings settings = new FileSettings(
                surroundings.engine().memoryBytes() / 2_000_000 + "MB",
                surroundings.engine().threads(),
                temp(surroundings.engine().temp()));
        return new Opened(
                new FileDestination(folder.forPeople(), ZOMBIES),
                new FileTransport(folder.path(), settings, surroundings.clock()),
                LIMITS);
    }

    private static Path temp(Path folder) {
        try {
            return Files.createDirectories(folder).toRealPath();
        } catch (IOException failure) {
            throw DiskFailure.of("the engine's temporary folder", failure.getMessage(), "see engine: in caravan.yaml");
        }
    }
}
