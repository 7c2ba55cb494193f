package dev.caravan.mapping;

import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What mapping a row gave. */
public sealed interface Mapped {

    /** The destination values in field order. A field that is empty and kept is not among them. */
    record Fields(Map<String, Value> values) implements Mapped {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * A field has no value for this row: its expression failed, or what should be normalised is no such thing.
     *
     * @param reason a stable word with the field, for example {@code expression:Rating} or {@code not_an_email:Email}
     */
    record Failed(String reason) implements Mapped {}
}
