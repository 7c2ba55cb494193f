package dev.caravan.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a run that the destination refused for one reason.
 *
 * @param code the destination's own code
 * @param field the field it names, if it names one
 * @param words what it says of the mapping, the rights or the quota, in its own words: only where it says the same of at least two rows,
 *     so that it quotes none of them. On one line, without control characters, at most 300 characters
 */
public record Rejection(String code, @Nullable String field, long rows, Optional<String> words) {

    private static final int LONGEST = 300;

    public Rejection {
        words = words.map(Rejection::legible);
    }

    /** From outside comes anything. */
    private static String legible(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…";
    }

    /** A refusal of which no words are told. */
    public Rejection(String code, @Nullable String field, long rows) {
        this(code, field, rows, Optional.empty());
    }
}
