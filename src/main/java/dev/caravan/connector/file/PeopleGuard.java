package dev.caravan.connector.file;

import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps spreadsheets from taking a text for a formula: one that begins as formulas do gets an apostrophe in front, which they do not show.
 * Numbers, dates and truth values are no texts and stay as they are.
 */
final class PeopleGuard {

    private static final String FORMULAS = "=+-@\t\r\n";

    private PeopleGuard() {}

    static Value of(Value value) {
        return value instanceof Value.Text text
                        && !text.value().isEmpty()
                        && FORMULAS.indexOf(text.value().charAt(0)) >= 0
                ? new Value.Text("'" + text.value())
                : value;
    }

    static Map<String, Value> of(Map<String, Value> fields) {
        Map<String, Value> guarded = new LinkedHashMap<>(fields);
        guarded.replaceAll((field, value) -> of(value));
        return Collections.unmodifiableMap(guarded);
    }
}
