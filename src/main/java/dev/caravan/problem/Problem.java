package dev.caravan.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong.
 *
 * @param code stable and dotted, for example {@code model.unknown_column}
 * @param place where, or null when no file is to blame
 * @param message what was found, in one sentence; never a secret, a key or a payload
 * @param suggestion what to do; empty when there is nothing sensible to say
 * @param excerpt the offending line of the file, or null
 */
public record Problem(
        Code code,
        @Nullable Place place,
        String message,
        String suggestion,
        @Nullable String excerpt) {

    /** A problem at a place. */
    public static Problem at(Code code, Place place, String message, String suggestion) {
        return new Problem(code, place, message, suggestion, null);
    }

    /** A problem of no file. */
    public static Problem of(Code code, String message, String suggestion) {
        return new Problem(code, null, message, suggestion, null);
    }

    /** The same problem with the line it stands in. */
    public Problem withExcerpt(String line) {
        return new Problem(code, place, message, suggestion, line);
    }

    /** One line for a log or a terminal: place, message, suggestion, code. */
    public String oneLine() {
        String where = place == null ? "" : place + " ";
        String hint = suggestion.isEmpty() ? "" : "; " + suggestion;
        return where + message + hint + " [" + code.text() + "]";
    }
}
