package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.Field.Trait;
import dev.caravan.sandbox.salesforce.schema.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a record's values must fulfil by themselves, without looking at other records. The codes and the e-mail and
 * required-field messages are recorded; the other messages are as documented.
 */
final class Checks {

    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>()\\[\\],;:\"]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}");

    private Checks() {}

    /** Fields that may not be written this way, as one error. */
    static Optional<RowError> writable(Map<Field, @Nullable Object> values, Trait needed, @Nullable Field key) {
        List<String> refused = values.keySet().stream()
                .filter(field -> !field.is(needed) && !field.equals(key))
                .map(Field::name)
                .toList();
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of(new RowError(
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "Unable to create/update fields: " + String.join(", ", refused)
                                + ". Please check the security settings of this field and verify that it is read/write"
                                + " for your profile or permission set.",
                        refused));
    }

    /** Fields that a record cannot be without, as one error. */
    static Optional<RowError> required(Iterable<Field> fields, @Nullable Object[] values) {
        List<String> missing = new ArrayList<>();
        for (Field field : fields) {
            boolean needed = field.is(Trait.CREATE) && !field.is(Trait.NULLABLE) && field.type() != FieldType.BOOLEAN;
            if (needed && values[field.slot()] == null) {
                missing.add(field.name());
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RowError("REQUIRED_FIELD_MISSING", "Required fields are missing: " + missing, missing));
    }

    /** Every value that its field cannot hold. */
    static List<RowError> values(Map<Field, @Nullable Object> values) {
        List<RowError> errors = new ArrayList<>();
        values.forEach((field, value) -> value(field, value).ifPresent(errors::add));
        return errors;
    }

    private static Optional<RowError> value(Field field, @Nullable Object value) {
        return switch (value) {
            case null ->
                field.type() == FieldType.BOOLEAN
                        ? Optional.of(
                                RowError.on(field, "INVALID_TYPE_ON_FIELD_IN_RECORD", "value not of required type: "))
                        : Optional.empty();
            case String text -> text(field, text);
            case BigDecimal number -> number(field, number);
            default -> Optional.empty();
        };
    }

    private static Optional<RowError> text(Field field, String text) {
        int limit = field.size().length();
        if (field.type() == FieldType.REFERENCE) {
            return Optional.empty();
        }
        if (text.length() > limit) {
            return Optional.of(RowError.on(
                    field, "STRING_TOO_LONG", "data value too large: " + text + " (max length=" + limit + ")"));
        }
        if (field.type() == FieldType.EMAIL && !EMAIL.matcher(text).matches()) {
            return Optional.of(RowError.on(field, "INVALID_EMAIL_ADDRESS", "invalid email address: " + text));
        }
        if (field.is(Trait.RESTRICTED) && !field.offers(text)) {
            return Optional.of(RowError.on(
                    field,
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    "bad value for restricted picklist field: " + text));
        }
        return Optional.empty();
    }

    private static Optional<RowError> number(Field field, BigDecimal number) {
        int digits = field.type() == FieldType.INT
                ? field.size().digits()
                : field.size().precision() - field.size().scale();
        BigDecimal limit = BigDecimal.ONE.movePointRight(digits);
        return number.abs().compareTo(limit) < 0
                ? Optional.empty()
                : Optional.of(RowError.on(
                        field,
                        "NUMBER_OUTSIDE_VALID_RANGE",
                        "value outside of valid range on numeric field: " + number.toPlainString()));
    }
}
