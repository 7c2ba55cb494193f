package dev.caravan.connector.salesforce;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.ValueType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which types can fill which fields. Text can fill any field whose kind has a text form, since CSV columns are text; whether a
 * value reads so, {@link ValueFit} decides row by row. A time without a zone is no instant, and nothing is cut silently.
 */
final class TypeFit {

    private TypeFit() {}

    static Optional<String> mismatch(TargetField field, ValueType type) {
        if (field.kind() == Kind.OTHER) {
            return Optional.of("this kind of field cannot be written");
        }
        if (field.kind() == Kind.INSTANT && type == ValueType.TIMESTAMP) {
            return Optional.of("a timestamp without a zone is no instant: declare the column's zone");
        }
        return types(field.kind()).contains(type)
                ? Optional.empty()
                : Optional.of("a field of kind " + word(field.kind()) + " cannot take a value of type " + word(type));
    }

    private static Set<ValueType> types(Kind kind) {
        return switch (kind) {
            case TEXT -> EnumSet.allOf(ValueType.class);
            case ENUM -> EnumSet.of(ValueType.TEXT, ValueType.INTEGER, ValueType.DECIMAL, ValueType.BOOLEAN);
            case EMAIL, REFERENCE -> EnumSet.of(ValueType.TEXT);
            case BOOLEAN -> EnumSet.of(ValueType.TEXT, ValueType.BOOLEAN);
            case INTEGER, NUMBER -> EnumSet.of(ValueType.TEXT, ValueType.INTEGER, ValueType.DECIMAL, ValueType.DOUBLE);
            case DATE -> EnumSet.of(ValueType.TEXT, ValueType.DATE);
            case TIME -> EnumSet.of(ValueType.TEXT, ValueType.TIME);
            case INSTANT -> EnumSet.of(ValueType.TEXT, ValueType.TIMESTAMPTZ);
            case TIMESTAMP, JSON, BINARY, OTHER -> EnumSet.noneOf(ValueType.class);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
