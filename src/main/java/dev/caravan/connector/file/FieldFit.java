package dev.caravan.connector.file;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What columns can take: a column of text anything, by its canonical text; a typed one of a Parquet file its type and narrower numbers. */
final class FieldFit {

    private FieldFit() {}

    /** A column as a field that is written to. */
    static TargetField field(String name, ValueType type) {
        return TargetField.open(name, kind(type));
    }

    private static Kind kind(ValueType type) {
        return switch (type) {
            case BOOLEAN -> Kind.BOOLEAN;
            case INTEGER -> Kind.INTEGER;
            case DECIMAL, DOUBLE -> Kind.NUMBER;
            case TEXT -> Kind.TEXT;
            case JSON -> Kind.JSON;
            case BINARY -> Kind.BINARY;
            case DATE -> Kind.DATE;
            case TIME -> Kind.TIME;
            case TIMESTAMP -> Kind.TIMESTAMP;
            case TIMESTAMPTZ -> Kind.INSTANT;
        };
    }

    static Optional<String> mismatch(TargetField field, ValueType type) {
        return types(field.kind()).contains(type)
                ? Optional.empty()
                : Optional.of("holds "
                        + field.kind().name().toLowerCase(Locale.ROOT)
                        + " values in the file that is there, and cannot take "
                        + type.name().toLowerCase(Locale.ROOT));
    }

    private static Set<ValueType> types(Kind kind) {
        return switch (kind) {
            case TEXT, EMAIL, ENUM, REFERENCE -> EnumSet.allOf(ValueType.class);
            case BOOLEAN -> EnumSet.of(ValueType.BOOLEAN);
            case INTEGER -> EnumSet.of(ValueType.INTEGER);
            case NUMBER -> EnumSet.of(ValueType.INTEGER, ValueType.DECIMAL, ValueType.DOUBLE);
            case DATE -> EnumSet.of(ValueType.DATE);
            case TIME -> EnumSet.of(ValueType.TIME);
            case INSTANT -> EnumSet.of(ValueType.TIMESTAMPTZ);
            case TIMESTAMP -> EnumSet.of(ValueType.TIMESTAMP);
            case JSON -> EnumSet.of(ValueType.JSON);
            case BINARY -> EnumSet.of(ValueType.BINARY);
            case OTHER -> EnumSet.noneOf(ValueType.class);
        };
    }

    /** JSON that is nested too deep to be read is a text, and goes into no column of JSON. */
    static Optional<String> misfit(TargetField field, Value value) {
        return field.kind() == Kind.JSON && value instanceof Value.Text ? Optional.of("not_json") : misfit(value);
    }

    static Optional<String> misfit(Value value) {
        return switch (value) {
            case Value.Tuple key ->
                key.parts().stream().flatMap(part -> misfit(part).stream()).findFirst();
            case Value.Real real when !real.finite() -> Optional.of("not_a_number");
            case Value other when other.halved() -> Optional.of("half_a_character");
            case Value other -> Optional.empty();
        };
    }
}
