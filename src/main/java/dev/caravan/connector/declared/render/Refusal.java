package dev.caravan.connector.declared.render;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import org.jspecify.annotations.Nullable;

/** What becomes of rows that are not sent. */
final class Refusal {

    private Refusal() {}

    /** The row cannot be put into a request. */
    static Outcome unsendable(@Nullable String field, String why) {
        return new Outcome.Rejected("caravan.unsendable", field, why, ErrorClass.DATA);
    }

    /** The row alone is more than a request may carry. */
    static Outcome tooLarge(long bytes, long most) {
        String why = "%d bytes, where at most %d may be sent for one row".formatted(bytes, most);
        return new Outcome.Rejected("caravan.too_large", null, why, ErrorClass.DATA);
    }

    /** No request can be made at all, whatever the row. */
    static Outcome unmakeable(String why) {
        return new Outcome.Rejected("caravan.unsendable", null, why, ErrorClass.CONFIG);
    }
}
