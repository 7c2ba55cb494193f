package dev.caravan.connector.file;

import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from taking a text for a formula: one that begins as formulas do gets an apostrophe in front, which they do not show.
 * So does what follows a semicolon, a tab or a line break, for where those part cells, the quotes around a text that a comma made
 * necessary part nothing. Numbers, dates, truth values and the Base64 of bytes are no texts and stay as they are.
 */
final class PeopleGuard {

    /** The wide forms are read as the narrow ones. */
    private static final String SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]";

    /** Apostrophes that stand there already get one more: else two texts would become one, and two keys one row. */
    private static final Pattern BEGUN = Pattern.compile("\\A(?='*(?:" + SIGNS + "|[\\t\\r\\n]))");

    private static final Pattern PARTED = Pattern.compile("([;\\t\\r\\n]\"*+)(?='*" + SIGNS + ")");

    private PeopleGuard() {}

    static Value of(Value value) {
        return switch (value) {
            case Value.Text text ->
                new Value.Text(BEGUN.matcher(parted(text.value())).replaceFirst("'"));
            // What begins with a sign is a number, and a sign after a semicolon stands in a text.
            case Value.Json json -> new Value.Json(parted(json.value()));
            case Value.Tuple key ->
                new Value.Tuple(key.parts().stream().map(PeopleGuard::of).toList());
            case Value other -> other;
        };
    }

    private static String parted(String text) {
        return PARTED.matcher(text).replaceAll("$1'");
    }

    static Map<String, Value> of(Map<String, Value> fields) {
        Map<String, Value> guarded = new LinkedHashMap<>(fields);
        guarded.replaceAll((field, value) -> of(value));
        return Collections.unmodifiableMap(guarded);
    }
}
