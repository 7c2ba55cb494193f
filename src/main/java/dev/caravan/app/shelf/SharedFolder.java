package dev.caravan.app.shelf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one mapping on shared storage: {@code EPOCH.duckdb}, each put there whole by a rename, and {@code age}, which is another
 * after each reset. Nobody writes to a file that is there.
 */
final class SharedFolder {

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}\\.duckdb");

    private final Path folder;

    SharedFolder(Path folder) {
        this.folder = folder;
    }

    /** The highest epoch of which there is a file. */
    OptionalLong newest() throws IOException {
        if (!Files.isDirectory(folder)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> WHOLE.matcher(name).matches())
                    .mapToLong(SharedFolder::epoch)
                    .max();
        }
    }

    Path file(long epoch) {
        return folder.resolve(epoch + ".duckdb");
    }

    /** Empty before the first reset. */
    String age() throws IOException {
        try {
            return Files.readString(folder.resolve("age"));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** What is there, and what others still have, is of a time that is over. */
    void startAfresh() throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve("age-" + UUID.randomUUID());
        Files.writeString(fresh, UUID.randomUUID().toString());
        Files.move(fresh, folder.resolve("age"), StandardCopyOption.ATOMIC_MOVE);
        clear(Long.MAX_VALUE);
    }

    /** Puts a copy of a file there, and takes the older ones away. */
    void put(Path file, long epoch) throws IOException {
        Files.createDirectories(folder);
        Path copy = folder.resolve(epoch + "-" + UUID.randomUUID() + ".part");
        try {
            Files.copy(file, copy);
            Files.move(copy, file(epoch), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
        }
        clear(epoch);
    }

    private void clear(long before) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                String name = each.getFileName().toString();
                if (WHOLE.matcher(name).matches() && epoch(name) < before) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private static long epoch(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }
}
