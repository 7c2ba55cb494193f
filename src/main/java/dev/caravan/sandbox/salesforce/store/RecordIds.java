package dev.caravan.sandbox.salesforce.store;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Salesforce record ids: 15 case-sensitive characters, of which the first three name the object, or the same with three
 * more that make them safe where case is lost. Ids are handed out in order, so that a seeded run repeats.
 */
public final class RecordIds {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?");
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private final AtomicLong last = new AtomicLong();

    /** The next 18-character id for an object's prefix. */
    public String next(String prefix) {
        char[] id = (prefix + "Sb0000000000").toCharArray();
        long number = last.incrementAndGet();
        for (int i = id.length - 1; number > 0; i--) {
            id[i] = BASE_62.charAt((int) (number % BASE_62.length()));
            number /= BASE_62.length();
        }
        return to18(new String(id));
    }

    /** The 18-character form of a well-formed id; empty when the text is no id or its last three characters are wrong. */
    public static Optional<String> normal(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        String full = to18(text.substring(0, 15));
        return text.length() == 15 || full.regionMatches(true, 15, text, 15, 3) ? Optional.of(full) : Optional.empty();
    }

    /** Appends the three characters that say which of the 15 are capitals. */
    public static String to18(String id15) {
        StringBuilder full = new StringBuilder(id15);
        for (int block = 0; block < 3; block++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = id15.charAt(block * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            full.append(BASE_32.charAt(bits));
        }
        return full.toString();
    }
}
