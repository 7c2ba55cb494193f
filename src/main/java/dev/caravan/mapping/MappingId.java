package dev.caravan.mapping;

import java.util.regex.Pattern;

/**
 * A mapping's identity: its {@code id}, by default its path under {@code mappings/} without {@code .yaml}. Made of segments of
 * lower-case letters, digits, {@code _} and {@code -}, joined by {@code /}.
 */
public record MappingId(String value) implements Comparable<MappingId> {

    /** What all of an id matches. */
    public static final String FORM = "[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    public MappingId {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a mapping id: " + value);
        }
    }

    /** Whether a text can be a mapping id. */
    public static boolean valid(String text) {
        return PATTERN.matcher(text).matches();
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
