package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.select.Selector;
import java.util.Optional;

/**
 * A number or time that an answer gives.
 *
 * @param header the header that holds it, in lower case; empty for the body
 * @param at where in the header's JSON, or in the body's
 * @param matches whose first group it is in the text
 */
public record Reading(Optional<String> header, Optional<Selector> at, Optional<Pattern> matches, As as) {

    /** What the text means. */
    public enum As {
        NUMBER,
        /** A share of a hundred. */
        PERCENT,
        /** From now. */
        MILLIS,
        SECONDS,
        MINUTES,
        /** An HTTP date (RFC 9110). */
        DATE,
        /** As Retry-After has it: digits are seconds, else an HTTP date. */
        SECONDS_OR_DATE,
        /** Seconds since 1970. */
        EPOCH,
        EPOCH_MILLIS,
        /** ISO 8601. */
        INSTANT
    }
}
