package dev.caravan.row;

import java.util.ArrayList;
import java.util.List;

/**
 * The canonical key of a row: each part as {@code tag:text} with {@code \} and {@code |} escaped by {@code \}, joined by
 * {@code |}. Text parts are folded first as the destination compares them ({@link Equality}), so keys that the
 * destination takes for one are one here. Engines build the same text in SQL; this class is its definition.
 */
public record RowKey(String encoded) {

    /** How a destination compares text keys. */
    public record Equality(boolean ignoreCase, boolean trim) {
        /** Byte for byte. */
        public static final Equality EXACT = new Equality(false, false);
    }

    /** The key as people type and read it: the parts' texts without type tags, joined by {@code |}. */
    public String display() {
        StringBuilder text = new StringBuilder();
        for (String part : parts()) {
            text.append(text.isEmpty() ? "" : "|").append(part.substring(2));
        }
        return text.toString();
    }

    /** The parts, unescaped, each with its tag. */
    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '\\' && i + 1 < encoded.length()) {
                part.append(encoded.charAt(++i));
            } else if (c == '|') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
