package dev.caravan.mapping;

import java.util.regex.Pattern;

/**
 * A mapping's identity: its {@code id}, by default its path under {@code mappings/} without {@code .yaml}. Made of segments of
 * lower-case letters, digits, {@code _} and {@code -}, joined by {@code /}.
 */
public record MappingId(String value) implements Comparable<MappingId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*");

    public MappingId {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a mapping id: " + value);
        }
    }

    /** Whether a text can be a mapping id. */
    public static boolean valid(String text) {
        return FORM.matcher(text).matches();
    }

    /** The id as one opaque word, for file names and route ids. */
    public String fileName() {
        return value.replace('/', '.');
    }

    @Override
    public int compareTo(MappingId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
