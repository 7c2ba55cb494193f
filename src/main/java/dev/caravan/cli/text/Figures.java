package dev.caravan.cli.text;

import dev.caravan.row.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers, times and values as people read them. Times are UTC. */
final class Figures {

    private static final int WIDEST = 60;
    private static final int LONGEST = 300;
    private static final int HASH = 12;

    private Figures() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number and what it counts, in the plural by an s where it is not one. */
    static String count(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
    }

    static String at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** As much of a plan's hash as names it in practice. */
    static String hash(String hash) {
        return hash.length() <= HASH ? hash : hash.substring(0, HASH);
    }

    static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + count(entry.getValue()))
                .collect(Collectors.joining(" · "));
    }

    /** A value on one line: text in quotes where it could be misread, cut where it is long. */
    static String value(@Nullable Value value) {
        if (value == null || value.isNull()) {
            return "∅";
        }
        String text = printable(value.text());
        boolean plain = !text.isEmpty() && text.equals(text.strip()) && !text.equals("∅");
        return plain ? text : "\"" + text + "\"";
    }

    /** Without control characters, which a terminal would obey. */
    static String printable(String text) {
        return printable(text, WIDEST);
    }

    /** The same for what a destination says, which may take a line or two. */
    static String sentence(String text) {
        return printable(text, LONGEST);
    }

    private static String printable(String text, int most) {
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
    }
}
