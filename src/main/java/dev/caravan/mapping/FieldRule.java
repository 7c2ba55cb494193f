package dev.caravan.mapping;

import dev.caravan.problem.Place;
import java.util.Optional;

/**
 * How one destination field is filled.
 *
 * @param round decimal digits to round numbers to, half up
 * @param triggers whether a change of this field alone causes a write
 * @param pii whether its values are masked in plans and the API
 */
public record FieldRule(
        String field,
        FieldSource source,
        Optional<Integer> round,
        boolean triggers,
        WhenEmpty whenEmpty,
        boolean pii,
        Place place) {

    /** What an empty value does: a null, or a text of white space alone. */
    public enum WhenEmpty {
        /** It is sent, and clears the destination field. */
        CLEAR,
        /** The field is not sent. */
        KEEP
    }
}
