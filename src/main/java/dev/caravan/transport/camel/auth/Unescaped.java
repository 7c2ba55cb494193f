package dev.caravan.transport.camel.auth;

import java.util.Locale;
import java.util.Map;

/**
 * Reads bytes as whoever wrote them meant them: without the escapes of JSON, addresses and HTML, however often they were made, in lower case,
 * and without what a line end brings along. Equals signs and backslashes count for nothing, and a plus is a space. One use, one thread.
 */
final class Unescaped {

    private static final int LONGEST_NAME = 32;
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("tab", '\t'),
            Map.entry("newline", '\n'),
            Map.entry("nbsp", ' '),
            Map.entry("excl", '!'),
            Map.entry("quot", '"'),
            Map.entry("num", '#'),
            Map.entry("dollar", '$'),
            Map.entry("percnt", '%'),
            Map.entry("apos", '\''),
            Map.entry("lpar", '('),
            Map.entry("rpar", ')'),
            Map.entry("ast", '*'),
            Map.entry("midast", '*'),
            Map.entry("plus", '+'),
            Map.entry("comma", ','),
            Map.entry("hyphen", '-'),
            Map.entry("dash", '-'),
            Map.entry("period", '.'),
            Map.entry("sol", '/'),
            Map.entry("colon", ':'),
            Map.entry("semi", ';'),
            Map.entry("lt", '<'),
            Map.entry("equals", '='),
            Map.entry("gt", '>'),
            Map.entry("quest", '?'),
            Map.entry("commat", '@'),
            Map.entry("lsqb", '['),
            Map.entry("lbrack", '['),
            Map.entry("bsol", '\\'),
            Map.entry("rsqb", ']'),
            Map.entry("rbrack", ']'),
            Map.entry("hat", '^'),
            Map.entry("lowbar", '_'),
            Map.entry("underbar", '_'),
            Map.entry("grave", '`'),
            Map.entry("lcub", '{'),
            Map.entry("lbrace", '{'),
            Map.entry("verbar", '|'),
            Map.entry("vert", '|'),
            Map.entry("rcub", '}'),
            Map.entry("rbrace", '}'));

    private final String bytes;
    private int at;
    private boolean broken;
    private int start;
    private String meant = "";
    private int read;

    Unescaped(String bytes) {
        this.bytes = bytes;
    }

    /** All that is meant. */
    static String of(String bytes) {
        Unescaped reader = new Unescaped(bytes);
        StringBuilder all = new StringBuilder();
        while (reader.next()) {
            all.append(reader.character());
        }
        return all.toString();
    }

    /** Goes to the next character that is meant; false at the end. */
    boolean next() {
        if (++read < meant.length()) {
            return true;
        }
        start = -1;
        while (at < bytes.length()) {
            int from = at;
            String one = one();
            if (one.isEmpty()) {
                // Backslashes belong to what they stand before.
                start = start < 0 && bytes.charAt(from) == '\\' && !broken ? from : start;
                continue;
            }
            start = start < 0 ? from : start;
            meant = one;
            read = 0;
            return true;
        }
        return false;
    }

    /** What was come to. */
    char character() {
        return meant.charAt(read);
    }

    /** Where it begins among the bytes. */
    int start() {
        return start;
    }

    /** Where it ends there. */
    int end() {
        return at;
    }

    /** Takes what stands next, and says what it means; empty if nothing. */
    private String one() {
        char raw = bytes.charAt(at);
        return switch (raw) {
            case '\\' -> backslash();
            case '%' -> percent();
            case '&' -> entity();
            default -> plain(raw, 1);
        };
    }

    private String plain(int point, int length) {
        at += length;
        if (point == '\n' || point == '\r') {
            broken = true;
            return "";
        }
        if (broken && (point == ' ' || point == '\t')) {
            return "";
        }
        broken = false;
        if (point == '=' || point == '\\') {
            return "";
        }
        if (point < 0x80) {
            char meant = (char) (point >= 'A' && point <= 'Z' ? point + 32 : point);
            return meant == '+' ? " " : String.valueOf(meant);
        }
        return length == 1 ? String.valueOf((char) point) : Veil.latin(Character.toString(point));
    }

    private String backslash() {
        int after = at + 1;
        while (after < bytes.length() && bytes.charAt(after) == '\\') {
            after++;
        }
        char what = after < bytes.length() ? bytes.charAt(after) : ' ';
        int length = after + 1 - at;
        return switch (what) {
            case 'n', 'r' -> plain('\n', length);
            case 't' -> plain('\t', length);
            case 'u' -> unit(after + 1);
            default -> {
                at = after;
                yield "";
            }
        };
    }

    private String unit(int digits) {
        int unit = number(digits, digits + 4, 16);
        if (unit < 0) {
            at = digits - 1;
            return "";
        }
        int end = digits + 4;
        if (Character.isHighSurrogate((char) unit)) {
            int next = end;
            while (next < bytes.length() && bytes.charAt(next) == '\\') {
                next++;
            }
            int low = next > end && next < bytes.length() && bytes.charAt(next) == 'u'
                    ? number(next + 1, next + 5, 16)
                    : -1;
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                return plain(Character.toCodePoint((char) unit, (char) low), next + 5 - at);
            }
        }
        return plain(unit, end - at);
    }

    /** A byte by its number; of an escaped percent sign what follows it. */
    private String percent() {
        int digits = at + 1;
        while (bytes.startsWith("25", digits)) {
            digits += 2;
        }
        int value = number(digits, digits + 2, 16);
        if (value < 0) {
            return plain('%', digits - at);
        }
        int length = digits + 2 - at;
        if (value < 0x80) {
            return plain(value, length);
        }
        at += length;
        broken = false;
        return String.valueOf((char) value);
    }

    private String entity() {
        int name = at + 1;
        while (bytes.startsWith("amp;", name)) {
            name += 4;
        }
        int end = bytes.indexOf(';', name);
        if (end < 0 || end - name > LONGEST_NAME) {
            return plain('&', name - at);
        }
        int point = -1;
        if (bytes.startsWith("#x", name) || bytes.startsWith("#X", name)) {
            point = number(name + 2, end, 16);
        } else if (bytes.startsWith("#", name)) {
            point = number(name + 1, end, 10);
        } else {
            Character named = NAMES.get(bytes.substring(name, end).toLowerCase(Locale.ROOT));
            point = named == null ? -1 : named;
        }
        return Character.isValidCodePoint(point) ? plain(point, end + 1 - at) : plain('&', name - at);
    }

    /** -1 if it is none. */
    private int number(int from, int to, int radix) {
        if (to > bytes.length() || from >= to || to - from > 9) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(bytes.charAt(i), radix);
            if (digit < 0 || number > Character.MAX_CODE_POINT) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }
}
