package dev.caravan.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Texts joined by {@code |} so that they can be told apart again: {@code \} and {@code |} in them are escaped by {@code \}. */
public final class KeyText {

    private KeyText() {}

    /** One text of several; of one alone it is that text, escaped. */
    public static String joined(List<String> parts) {
        return parts.stream().map(KeyText::escaped).collect(Collectors.joining("|"));
    }

    private static String escaped(String part) {
        return part.replace("\\", "\\\\").replace("|", "\\|");
    }

    /** What {@link #joined} joined. */
    public static List<String> parts(String joined) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < joined.length(); i++) {
            char c = joined.charAt(i);
            if (c == '\\' && i + 1 < joined.length()) {
                part.append(joined.charAt(++i));
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
