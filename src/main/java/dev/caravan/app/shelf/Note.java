package dev.caravan.app.shelf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a worker's own snapshot file is.
 *
 * @param epoch of the last run here that opened it
 * @param age of the shelf then
 */
record Note(long epoch, String age) {

    static Note read(Path file) throws IOException {
        try {
            String[] parts = Files.readString(file).strip().split(" ", 2);
            return new Note(Long.parseLong(parts[0]), parts.length == 2 ? parts[1] : "");
        } catch (NoSuchFileException | NumberFormatException e) {
            // Whatever is here is worth less than anything that is known of.
            return new Note(0, "");
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, (epoch + " " + age).strip());
    }
}
