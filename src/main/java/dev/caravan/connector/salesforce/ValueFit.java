package dev.caravan.connector.salesforce;

import dev.caravan.connector.salesforce.wire.Reading;
import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which values Salesforce would refuse. Only what is certain is refused here; in doubt a value is sent, and Salesforce says of
 * its row what it thinks. Digits after a number's scale are such a doubt.
 */
final class ValueFit {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?");
    private static final LocalDate FIRST_DAY = LocalDate.of(1700, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(4000, 12, 31);

    private ValueFit() {}

    static Optional<String> misfit(TargetField field, Value value) {
        if (Reading.absent(value)) {
            return when(!field.nillable(), "null_not_allowed");
        }
        if (WireValue.unsendable(value).isPresent()) {
            return Optional.of(value instanceof Value.Real ? "not_a_number" : "not_text");
        }
        Value read = Reading.as(field.kind(), value);
        return switch (field.kind()) {
            case TEXT -> tooLong(field, read);
            case EMAIL ->
                tooLong(field, read)
                        .or(() -> when(!EMAIL.matcher(read.text().strip()).matches(), "not_an_email"));
            case ENUM -> tooLong(field, read).or(() -> when(!listed(field.values(), read.text()), "not_in_list"));
            case REFERENCE -> when(!ID.matcher(read.text()).matches(), "not_an_id");
            case BOOLEAN -> when(!(read instanceof Value.Bool), "not_a_boolean");
            case INTEGER, NUMBER -> number(field, read);
            case DATE -> date(read);
            case TIME -> when(!(read instanceof Value.Time), "not_a_time");
            case INSTANT -> instant(read);
            case TIMESTAMP, JSON, BINARY, OTHER -> Optional.of("wrong_type");
        };
    }

    /** Characters are counted as code points: Salesforce may count more, never fewer. */
    private static Optional<String> tooLong(TargetField field, Value value) {
        String text = value.text();
        return when(field.length() > 0 && text.codePointCount(0, text.length()) > field.length(), "too_long");
    }

    /** Several values of a multi-select field are joined by semicolons. */
    private static boolean listed(List<String> values, String text) {
        if (values.isEmpty() || contains(values, text)) {
            return true;
        }
        for (String part : text.split(";", -1)) {
            if (!contains(values, part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(List<String> values, String text) {
        return values.stream().anyMatch(value -> value.equalsIgnoreCase(text));
    }

    private static Optional<String> number(TargetField field, Value value) {
        BigDecimal number = switch (value) {
            case Value.Int whole -> BigDecimal.valueOf(whole.value());
            case Value.Decimal decimal -> decimal.value();
            case Value.Real real -> new BigDecimal(real.text());
            case Value other -> null;
        };
        if (number == null) {
            return Optional.of("not_a_number");
        }
        boolean whole = field.kind() == TargetField.Kind.INTEGER;
        if (whole && number.stripTrailingZeros().scale() > 0) {
            return Optional.of("not_whole");
        }
        int before = number.precision() - number.scale();
        int most = field.precision() - (whole ? 0 : field.scale());
        return when(field.precision() > 0 && number.signum() != 0 && before > most, "out_of_range");
    }

    private static Optional<String> date(Value value) {
        return value instanceof Value.Date date
                ? when(outside(date.value()), "out_of_range")
                : Optional.of("not_a_date");
    }

    private static Optional<String> instant(Value value) {
        return value instanceof Value.ZonedTimestamp instant
                ? when(outside(LocalDate.ofInstant(instant.value(), ZoneOffset.UTC)), "out_of_range")
                : Optional.of("not_an_instant");
    }

    private static boolean outside(LocalDate day) {
        return day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY);
    }

    private static Optional<String> when(boolean wrong, String word) {
        return wrong ? Optional.of(word) : Optional.empty();
    }
}
