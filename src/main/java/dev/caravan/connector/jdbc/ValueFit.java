package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Which values the database would refuse. Only what is certain is refused here; in doubt it says of the row what it thinks. */
final class ValueFit {

    private ValueFit() {}

    static Optional<String> misfit(Dialect dialect, TargetField field, Value value) {
        if (value.isNull()) {
            return when(!field.nillable(), "null_not_allowed");
        }
        Optional<Value> typed = Typed.as(field, value);
        if (typed.isEmpty()) {
            return Optional.of(unreadable(field));
        }
        return switch (typed.get()) {
            case Value.Text text -> text(dialect, field, text.value());
            case Value.Binary binary -> bytes(dialect, field, binary.size());
            case Value.Int number -> digits(field, BigDecimal.valueOf(number.value()));
            case Value.Decimal number -> digits(field, number.value());
            case Value other -> Optional.empty();
        };
    }

    private static String unreadable(TargetField field) {
        return switch (field.kind()) {
            case BOOLEAN -> "not_a_boolean";
            case INTEGER, NUMBER -> "not_a_number";
            case DATE -> "not_a_date";
            case TIME -> "not_a_time";
            case TIMESTAMP -> "not_a_timestamp";
            case INSTANT -> "not_an_instant";
            case JSON -> "not_json";
            case BINARY -> "not_binary";
            case TEXT, EMAIL, ENUM, REFERENCE, OTHER -> "wrong_type";
        };
    }

    /** Characters are counted as code points, as these databases do. */
    private static Optional<String> text(Dialect dialect, TargetField field, String text) {
        return unsendable(dialect, text)
                .map(why -> "not_text")
                .or(() ->
                        when(field.length() > 0 && text.codePointCount(0, text.length()) > field.length(), "too_long"))
                .or(() -> when(!field.values().isEmpty() && !listed(field, text), "not_in_list"));
    }

    /** Why a text cannot travel at all; empty if it can. */
    static Optional<String> unsendable(Dialect dialect, String text) {
        return new Value.Text(text).halved() ? Optional.of("text with half a character") : dialect.unsendable(text);
    }

    private static boolean listed(TargetField field, String text) {
        List<String> values = field.values();
        return field.ignoreCase() ? values.stream().anyMatch(text::equalsIgnoreCase) : values.contains(text);
    }

    private static Optional<String> bytes(Dialect dialect, TargetField field, int bytes) {
        return when(field.length() > 0 && bytes > field.length(), "too_long")
                .or(() -> when(dialect.fillsUp(field.nativeType()) && bytes < field.length(), "too_short"));
    }

    private static Optional<String> digits(TargetField field, BigDecimal number) {
        int before = number.precision() - number.scale();
        return when(
                field.precision() > 0 && number.signum() != 0 && before > field.precision() - field.scale(),
                "out_of_range");
    }

    private static Optional<String> when(boolean wrong, String word) {
        return wrong ? Optional.of(word) : Optional.empty();
    }
}
