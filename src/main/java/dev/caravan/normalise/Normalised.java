package dev.caravan.normalise;

/** What became of a text. */
public sealed interface Normalised {

    /** The text in the form asked for; never blank. */
    record Text(String value) implements Normalised {}

    /** There was nothing in it, or nothing that counts: no text, and so no hash either. */
    enum Blank implements Normalised {
        INSTANCE
    }

    /**
     * It is no such thing, or not in a form from which one can be made with certainty.
     *
     * @param reason a stable word without the text: {@code not_an_email}, {@code already_hashed}
     */
    record Unusable(String reason) implements Normalised {}

    /** The text without white space at its ends, or {@link Blank} where nothing else is in it. */
    static Normalised of(String text) {
        String stripped = Texts.strip(text);
        return stripped.isEmpty() ? Blank.INSTANCE : new Text(stripped);
    }
}
