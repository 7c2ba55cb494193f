package dev.caravan.connector.salesforce.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Reading;
import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a field holds what was sent, as Salesforce stores it: texts without white space around them, numbers rounded to the field's
 * scale, times to the second. What differs beyond that is another value.
 */
final class FieldMatch {

    /** Such as {@code 2021-12-03T17:59:15.000+0000}. */
    private static final DateTimeFormatter ANSWERED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]", Locale.ROOT);

    private static final int ID_CHARACTERS = 15;

    private FieldMatch() {}

    /** Whether it can be asked for and compared at all. */
    static boolean comparable(TargetField field) {
        return field.kind() != Kind.OTHER;
    }

    static boolean same(TargetField field, Value sent, JsonNode answered) {
        if (answered.isMissingNode()) {
            return false;
        }
        if (Reading.absent(sent) || answered.isNull()) {
            return answered.isNull() && sent.isEmpty();
        }
        String text = WireValue.text(field.kind(), sent);
        return switch (field.kind()) {
            case INTEGER, NUMBER -> answered.isNumber() && sameNumber(field, text, answered.decimalValue());
            case BOOLEAN -> answered.isBoolean() && text.equals(answered.asText());
            case INSTANT -> sameSecond(text, answered.asText());
            case DATE, TIME -> text.equals(answered.asText());
            case EMAIL -> text.strip().equalsIgnoreCase(answered.asText());
            case REFERENCE -> text.regionMatches(0, answered.asText(), 0, ID_CHARACTERS);
            case TEXT, ENUM -> plain(text).equals(plain(answered.asText()));
            case TIMESTAMP, JSON, BINARY, OTHER -> false;
        };
    }

    /** A moment as it is answered; empty if it cannot be read. */
    static Optional<Instant> moment(String answered) {
        try {
            return Optional.of(Instant.from(ANSWERED.parse(answered)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    private static boolean sameNumber(TargetField field, String sent, BigDecimal answered) {
        try {
            int scale = Math.max(0, field.scale());
            BigDecimal stored = new BigDecimal(sent).setScale(scale, RoundingMode.HALF_UP);
            return stored.compareTo(answered.setScale(scale, RoundingMode.HALF_UP)) == 0;
        } catch (NumberFormatException text) {
            return false;
        }
    }

    private static boolean sameSecond(String sent, String answered) {
        Optional<Instant> there = moment(answered).map(moment -> moment.truncatedTo(ChronoUnit.SECONDS));
        return moment(sent)
                .map(moment -> moment.truncatedTo(ChronoUnit.SECONDS))
                .filter(moment -> there.filter(moment::equals).isPresent())
                .isPresent();
    }
}
