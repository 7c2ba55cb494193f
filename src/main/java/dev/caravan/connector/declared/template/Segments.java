package dev.caravan.connector.declared.template;

import dev.caravan.row.WholeText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Texts as parts of an address. */
final class Segments {

    private static final String UNRESERVED = "-._~";

    private Segments() {}

    /**
     * Why a text cannot be a segment, encoded or not. A server or proxy may decode an encoded slash before it looks at the address, so
     * that what stands around one may not lead elsewhere either.
     */
    static Optional<String> unfit(String text) {
        if (text.isEmpty()) {
            return Optional.of("empty, and part of an address");
        }
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '/';
            if (c < 0x20 || c == 0x7f) {
                return Optional.of("a control character, in an address");
            }
            if (c == '/' || c == '\\') {
                if (isDots(text, begin, i)) {
                    return Optional.of("dots that lead elsewhere, in an address");
                }
                begin = i + 1;
            }
        }
        return WholeText.is(text) ? Optional.empty() : Optional.of("half a character");
    }

    private static boolean isDots(String text, int begin, int end) {
        int length = end - begin;
        return (length == 1 || length == 2) && text.charAt(begin) == '.' && text.charAt(end - 1) == '.';
    }

    /** Everything but letters, digits and {@code -._~} as %XX of its UTF-8 bytes. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (letterOrDigit(c) || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(b >> 4)).append(hex(b));
            }
        }
        return encoded.toString();
    }

    /** Whether a text is an id that cannot be mistaken for anything else, wherever it is put. */
    static boolean plain(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.chars().allMatch(c -> letterOrDigit((char) c) || "._~:@-".indexOf(c) >= 0);
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static char hex(int half) {
        return "0123456789ABCDEF".charAt(half & 0xf);
    }
}
