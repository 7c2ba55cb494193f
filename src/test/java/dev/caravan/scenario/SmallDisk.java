package dev.caravan.scenario;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** A real disk of a few megabytes in memory, to be filled up; only where this user may mount one, else the test says that it is skipped. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk at(Path folder, int megabytes) {
        try {
            Files.createDirectories(folder);
            if (run(List.of(
                            "mount",
                            "-t",
                            "tmpfs",
                            "-o",
                            "mode=700,size=" + megabytes + "m",
                            "tmpfs",
                            folder.toString()))
                    != 0) {
                throw new TestAbortedException(
                        "skipped: this user may not mount a small disk, so that none can be filled up");
            }
            return new SmallDisk(folder);
        } catch (IOException e) {
            throw new TestAbortedException(
                    "skipped: there is no mount command here, so that no small disk can be filled up", e);
        }
    }

    /** Fills it to the last byte. */
    void fill() {
        try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
            byte[] block = new byte[4096];
            while (Files.getFileStore(folder).getUsableSpace() > 0) {
                filler.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** Makes room again. */
    void empty() {
        try {
            Files.deleteIfExists(folder.resolve("filler"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (run(List.of("umount", "-l", folder.toString())) != 0) {
                throw new IllegalStateException(folder + " stays mounted");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int run(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
