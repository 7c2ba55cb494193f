package dev.caravan.connector.jdbc;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.ValueType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which types can fill which columns. Text can fill any but bytes, since CSV columns are text; whether a value reads so, {@link ValueFit}
 * decides row by row. A text could be Base64, or mean the bytes that it is written with: the model has to say. A time without a zone is no
 * instant; an instant goes into a column without a zone as its time in UTC.
 */
final class TypeFit {

    private TypeFit() {}

    static Optional<String> mismatch(TargetField field, ValueType type) {
        if (field.kind() == Kind.OTHER) {
            return Optional.of("columns of its type cannot be written");
        }
        if (field.kind() == Kind.INSTANT && type == ValueType.TIMESTAMP) {
            return Optional.of("a timestamp without a zone is no instant: declare the column's zone");
        }
        if (field.kind() == Kind.BINARY && type == ValueType.TEXT) {
            return Optional.of("holds bytes, and takes no text: declare the model's column binary if it is Base64");
        }
        return types(field.kind()).contains(type)
                ? Optional.empty()
                : Optional.of("a column of kind " + word(field.kind()) + " cannot take a value of type " + word(type));
    }

    private static Set<ValueType> types(Kind kind) {
        return switch (kind) {
            case TEXT, EMAIL, REFERENCE -> EnumSet.allOf(ValueType.class);
            case ENUM -> EnumSet.of(ValueType.TEXT, ValueType.INTEGER, ValueType.BOOLEAN);
            case BOOLEAN -> EnumSet.of(ValueType.TEXT, ValueType.BOOLEAN, ValueType.INTEGER);
            case INTEGER -> EnumSet.of(ValueType.TEXT, ValueType.INTEGER, ValueType.DECIMAL, ValueType.DOUBLE);
            case NUMBER -> EnumSet.of(ValueType.TEXT, ValueType.INTEGER, ValueType.DECIMAL, ValueType.DOUBLE);
            case DATE -> EnumSet.of(ValueType.TEXT, ValueType.DATE);
            case TIME -> EnumSet.of(ValueType.TEXT, ValueType.TIME);
            case TIMESTAMP -> EnumSet.of(ValueType.TEXT, ValueType.TIMESTAMP, ValueType.TIMESTAMPTZ);
            case INSTANT -> EnumSet.of(ValueType.TEXT, ValueType.TIMESTAMPTZ);
            case JSON ->
                EnumSet.of(
                        ValueType.TEXT,
                        ValueType.JSON,
                        ValueType.BOOLEAN,
                        ValueType.INTEGER,
                        ValueType.DECIMAL,
                        ValueType.DOUBLE);
            case BINARY -> EnumSet.of(ValueType.BINARY);
            case OTHER -> EnumSet.noneOf(ValueType.class);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
