package dev.caravan.connector.declared.readback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Whether a field holds what was sent, written in JSON or as a text: texts without white space around them, times to the second, nothing and
 * empty alike. What cannot be compared counts as another value, so that a person looks.
 */
final class Same {

    private Same() {}

    static boolean value(Value sent, JsonNode there) {
        String text = there.asText("");
        if (sent.isNull() || sent.text().isEmpty()) {
            return there.isMissingNode() || there.isNull() || (there.isTextual() && text.isBlank());
        }
        if (!there.isValueNode() || there.isNull()) {
            return false;
        }
        return switch (sent) {
            case Value.Bool bool -> text.equals(Boolean.toString(bool.value()));
            case Value.Int whole -> number(sent, text);
            case Value.Decimal decimal -> number(sent, text);
            case Value.Real real -> number(sent, text);
            case Value.ZonedTimestamp moment -> second(moment.value(), text);
            case Value.Text plain -> lines(plain.value()).equals(lines(text));
            case Value.Date date -> text.equals(date.text());
            case Value other -> false;
        };
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    private static boolean number(Value sent, String there) {
        try {
            return new BigDecimal(sent.text()).compareTo(new BigDecimal(there)) == 0;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    private static boolean second(Instant sent, String there) {
        try {
            Instant moment = OffsetDateTime.parse(there).toInstant();
            return moment.truncatedTo(ChronoUnit.SECONDS).equals(sent.truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
