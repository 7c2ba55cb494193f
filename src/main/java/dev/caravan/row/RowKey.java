package dev.caravan.row;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The canonical key of a row: each part as {@code tag:text} with {@code \} and {@code |} escaped by {@code \}, joined by
 * {@code |}. Text parts are folded first as the destination compares them ({@link Equality}), so keys that the
 * destination takes for one are one here. Engines build the same text in SQL; this class is its definition.
 */
public record RowKey(String encoded) {

    /** What a forgotten key begins with; no key of a model does, since no type has this tag. */
    public static final String FORGOTTEN = "x:forgotten-";

    /** How a destination compares text keys. */
    public record Equality(boolean ignoreCase, boolean trim) {
        /** Byte for byte. */
        public static final Equality EXACT = new Equality(false, false);

        /** What {@link #trim} takes off both ends: space, tab, line feed, vertical tab, form feed and carriage return. */
        public static final String TRIMMED = " \t\n\u000B\f\r";

        /** A text as it is compared: trimmed, then each code point in lower case by itself, whatever stands beside it. */
        public String fold(String text) {
            String folded = trim ? trimmed(text) : text;
            return ignoreCase ? lowerCase(folded) : folded;
        }

        /** A key's text as it is compared; of one of several fields each by itself. */
        public String fold(Value key) {
            return key instanceof Value.Tuple tuple
                    ? KeyText.joined(tuple.parts().stream()
                            .map(part -> fold(part.text()))
                            .toList())
                    : fold(key.text());
        }

        private static String trimmed(String text) {
            int from = 0;
            int to = text.length();
            while (from < to && TRIMMED.indexOf(text.charAt(from)) >= 0) {
                from++;
            }
            while (to > from && TRIMMED.indexOf(text.charAt(to - 1)) >= 0) {
                to--;
            }
            return text.substring(from, to);
        }

        private static String lowerCase(String text) {
            return text.codePoints()
                    .map(Character::toLowerCase)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    /**
     * The canonical key of these values, or {@code IllegalArgumentException} if one of them is null: such a row has no key.
     *
     * @param parts the key columns' values, in the order of the model's key
     */
    public static RowKey of(List<Value> parts, Equality equality) {
        return new RowKey(KeyText.joined(
                parts.stream().map(part -> tagged(part, equality)).toList()));
    }

    private static String tagged(Value part, Equality equality) {
        String text = part instanceof Value.Text t ? equality.fold(t.value()) : part.text();
        return ValueCodec.typeOf(part).tag() + ":" + text;
    }

    /** Whether this stands in place of a key that was forgotten. */
    public boolean isForgotten() {
        return encoded.startsWith(FORGOTTEN);
    }

    /** The key as people type and read it: the parts' texts without type tags, joined by {@code |}. */
    public String display() {
        return KeyText.parts(encoded).stream().map(part -> part.substring(2)).collect(Collectors.joining("|"));
    }
}
