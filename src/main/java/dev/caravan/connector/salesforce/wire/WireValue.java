package dev.caravan.connector.salesforce.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Values as Salesforce takes them: ISO dates, instants in UTC to the millisecond, numbers never in exponent form. Text that
 * reads as a number, date or truth value becomes one where the field holds that kind. The empty text is null, since
 * Salesforce stores none.
 */
public final class WireValue {

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT);

    private WireValue() {}

    /** What a field holds; {@link Kind#OTHER} for one that the schema lacks. */
    public static Kind kind(TargetSchema schema, String field) {
        return schema.field(field).map(TargetField::kind).orElse(Kind.OTHER);
    }

    /** The text of a value for a field of this kind: a CSV cell, an SOQL literal's inside. Empty for null. */
    public static String text(Kind kind, Value value) {
        return switch (Reading.as(kind, value)) {
            case Value.ZonedTimestamp instant -> INSTANT.format(instant.value().atOffset(ZoneOffset.UTC));
            case Value.Time time when kind == Kind.TIME -> TIME.format(time.value());
            case Value other -> other.text();
        };
    }

    /** Writes the value for a field of this kind. */
    public static void write(JsonGenerator json, Kind kind, Value value) throws IOException {
        if (Reading.absent(value)) {
            json.writeNull();
            return;
        }
        Value read = Reading.as(kind, value);
        boolean text = kind == Kind.TEXT || kind == Kind.EMAIL || kind == Kind.ENUM || kind == Kind.REFERENCE;
        switch (read) {
            case Value.Bool bool when !text -> json.writeBoolean(bool.value());
            case Value.Int number when !text -> json.writeNumber(number.value());
            case Value.Decimal number when !text -> json.writeNumber(number.text());
            case Value.Real number when !text && number.finite() -> json.writeNumber(number.text());
            case Value other -> json.writeString(text(kind, other));
        }
    }

    /** Why a value cannot travel at all; empty if it can. */
    public static Optional<String> unsendable(Value value) {
        return switch (value) {
            case Value.Real real when !real.finite() -> Optional.of("not a number");
            case Value.Text text
            when text.halved() -> Optional.of("text with half a character, which UTF-8 cannot carry");
            case Value other -> Optional.empty();
        };
    }
}
