package dev.caravan.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The one text of all JSON texts that mean the same: no white space, members by name, the last of two with one name, numbers exact
 * without needless digits, no escapes but those that must be. What engines let pass beyond JSON is read too: a comma before a closing
 * bracket, and numbers that are none, which are null. For one text.
 */
final class JsonText {

    private static final int MAX_DEPTH = 200;
    private static final int LONGEST_NUMBER = 1_000;
    private static final int MOST_ZEROS = 40;
    private static final Pattern NUMBER =
            Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** The canonical text; {@code IllegalArgumentException} for what is no JSON, or nested beyond all use. */
    static String canonical(String text) {
        JsonText reading = new JsonText(text);
        try {
            String value = reading.value(0);
            reading.space();
            if (reading.at == text.length()) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused();
        }
        throw refused();
    }

    private String value(int depth) {
        space();
        if (depth > MAX_DEPTH || at >= text.length()) {
            throw refused();
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> quoted(string());
            default -> word();
        };
    }

    private String object(int depth) {
        Map<String, String> members = new TreeMap<>();
        at++;
        while (!closes('}', members.isEmpty())) {
            if (!next('"')) {
                throw refused();
            }
            String name = string();
            space();
            if (!next(':')) {
                throw refused();
            }
            at++;
            members.put(name, value(depth + 1));
        }
        List<String> written = new ArrayList<>();
        members.forEach((name, value) -> written.add(quoted(name) + ":" + value));
        return "{" + String.join(",", written) + "}";
    }

    private String array(int depth) {
        List<String> items = new ArrayList<>();
        at++;
        while (!closes(']', items.isEmpty())) {
            items.add(value(depth + 1));
        }
        return "[" + String.join(",", items) + "]";
    }

    /** Whether the bracket ends here; else what parts its items has been passed. */
    private boolean closes(char bracket, boolean first) {
        space();
        if (!first && next(',')) {
            at++;
            space();
        } else if (!first && !next(bracket)) {
            throw refused();
        }
        if (next(bracket)) {
            at++;
            return true;
        }
        return false;
    }

    private String word() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "false", "null" -> word.toLowerCase(Locale.ROOT);
            case "nan", "inf", "-inf", "infinity", "-infinity" -> "null";
            default -> number(word);
        };
    }

    private static String number(String word) {
        if (word.isEmpty() || "-0123456789".indexOf(word.charAt(0)) < 0) {
            throw refused();
        }
        if (word.length() > LONGEST_NUMBER) {
            if (!NUMBER.matcher(word).matches()) {
                throw refused();
            }
            return word;
        }
        BigDecimal number = new BigDecimal(word).stripTrailingZeros();
        boolean plain = number.scale() <= MOST_ZEROS + number.precision() && number.scale() >= -MOST_ZEROS;
        return plain ? number.toPlainString() : number.toString();
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        if (at >= text.length()) {
            throw refused();
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        if (at >= text.length()) {
            throw refused();
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw refused();
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw refused();
        }
        int code = Integer.parseInt(text.substring(at, at + 4), 16);
        at += 4;
        return (char) code;
    }

    private static String quoted(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        string.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                    if (c < ' ' || half) {
                        quoted.append("\\u" + HexFormat.of().toHexDigits((char) c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private boolean next(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("not a stored json");
    }
}
