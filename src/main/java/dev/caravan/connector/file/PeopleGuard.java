package dev.caravan.connector.file;

import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from taking a text for a formula: one that begins as formulas do gets an apostrophe in front, which they do not show.
 * So does what follows a semicolon, a tab or a line break, for where those part cells, the quotes around a text that a comma made
 * necessary part nothing. Numbers, dates and truth values are no texts and stay as they are.
 */
final class PeopleGuard {

    /** The wide forms are read as the narrow ones. */
    private static final String SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]";

    private static final Pattern BEGUN = Pattern.compile("\\A(?=" + SIGNS + "|[\\t\\r\\n])");
    private static final Pattern PARTED = Pattern.compile("([;\\t\\r\\n]\"*)(?=" + SIGNS + ")");

    private PeopleGuard() {}

    static Value of(Value value) {
        return value instanceof Value.Text text
                ? new Value.Text(BEGUN.matcher(PARTED.matcher(text.value()).replaceAll("$1'"))
                        .replaceFirst("'"))
                : value;
    }

    static Map<String, Value> of(Map<String, Value> fields) {
        Map<String, Value> guarded = new LinkedHashMap<>(fields);
        guarded.replaceAll((field, value) -> of(value));
        return Collections.unmodifiableMap(guarded);
    }
}
