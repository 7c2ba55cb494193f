package dev.caravan.connector.file;

import dev.caravan.transport.StoreRequest.Format;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that a file of a mapping may have: no path, no hidden file, and an ending that says its format. */
final class FileNames {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._-]{0,150}");

    private FileNames() {}

    /** The format of an object; empty if it is no name of a file. */
    static Optional<Format> format(String object) {
        return PLAIN.matcher(object).matches() ? Format.of(object) : Optional.empty();
    }
}
