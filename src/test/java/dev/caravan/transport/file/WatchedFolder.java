package dev.caravan.transport.file;

import dev.caravan.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A transport to a folder that says what it is about to do to the disk and what it has done: {@code rename-data:before},
 * {@code write-manifest:half} and the like.
 */
public final class WatchedFolder {

    private WatchedFolder() {}

    /** A transport that passes a point with each operation. */
    public static Transport of(Path folder, FileSettings settings, InstantSource clock, Consumer<String> points) {
        return new FileTransport(folder, settings, new Telling(new Disk.Real(), points), clock);
    }

    private record Telling(Disk disk, Consumer<String> points) implements Disk {

        @Override
        public void force(Path path) throws IOException {
            points.accept("force-" + role(path) + ":before");
            disk.force(path);
            points.accept("force-" + role(path) + ":after");
        }

        @Override
        public void write(Path file, byte[] bytes) throws IOException {
            disk.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            points.accept("write-" + role(file) + ":half");
            disk.write(file, bytes);
            points.accept("write-" + role(file) + ":after");
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            points.accept("rename-" + role(to) + ":before");
            disk.rename(from, to);
            points.accept("rename-" + role(to) + ":after");
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }

        private static String role(Path path) {
            String name = path.getFileName().toString();
            return name.contains(".manifest.") ? "manifest" : name.contains(".") ? "data" : "folder";
        }
    }
}
