package dev.caravan.normalise;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Text as Unicode means it, whatever the locale of the machine. */
final class Texts {

    private Texts() {}

    /** Composed, without marks of direction, and without white space and invisible characters at its ends. */
    static String clean(String text) {
        return strip(composed(without(text, Texts::invisible)));
    }

    /** Without white space, controls and invisible characters at both ends. */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && margin(text.charAt(from))) {
            from++;
        }
        while (to > from && margin(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static String lower(String text) {
        return composed(text.toLowerCase(Locale.ROOT));
    }

    static String upper(String text) {
        return composed(text.toUpperCase(Locale.ROOT));
    }

    /** Full-width forms and the digits of all scripts as ASCII writes them: for what is ASCII wherever it is valid. */
    static String ascii(String text) {
        return text.codePoints()
                .map(Texts::ascii)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Letters, marks and digits alone: no spaces, punctuation, symbols or controls. */
    static String letters(String text) {
        return composed(without(text, c -> space(c) || !wordly(c)));
    }

    static String withoutSpacesAndDashes(String text) {
        return composed(without(text, c -> space(c) || Character.getType(c) == Character.DASH_PUNCTUATION));
    }

    /** What stands between spaces of any kind. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || margin(text.charAt(i))) {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    static boolean hasSpace(String text) {
        return text.codePoints().anyMatch(Texts::space);
    }

    /** Whether half a character is in it, which UTF-8 cannot carry: two such texts could get one hash. */
    static boolean broken(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Whether all of it is between these two characters, and there are between {@code min} and {@code max} of them. */
    static boolean all(String text, char from, char to, int min, int max) {
        return text.length() >= min && text.length() <= max && text.chars().allMatch(c -> c >= from && c <= to);
    }

    static boolean digits(String text, int min, int max) {
        return all(text, '0', '9', min, max);
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Form.NFC);
    }

    private static int ascii(int c) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return c - 0xFF01 + '!';
        }
        if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
            return '0' + Character.digit(c, 10);
        }
        return c == 0x3000 ? ' ' : c;
    }

    private static String without(String text, IntPredicate dropped) {
        return text.codePoints()
                .filter(dropped.negate())
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean margin(char c) {
        return space(c) || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    private static boolean space(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean wordly(int c) {
        return Character.isLetterOrDigit(c)
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }

    /** Marks of direction, the byte order mark and spaces of no width; joiners belong to the spelling of some languages. */
    private static boolean invisible(int c) {
        return c == 0x061C
                || c == 0x200B
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x2069)
                || c == 0xFEFF;
    }
}
