package dev.caravan.mapping;

import dev.caravan.mapping.Expression.Result;
import dev.caravan.normalise.Normalised;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps rows to destination fields. Pure; the same row gives the same fields. */
public final class RowMapper {

    private RowMapper() {}

    /** All fields of a set over a row that has every column the set reads. */
    public static Mapped map(FieldSet fields, Row row) {
        return map(fields.rules(), row);
    }

    /** Those fields of a set whose columns the row has: what an older mapping can still say of an older image. */
    public static Mapped mapKnown(FieldSet fields, Row row) {
        return map(
                fields.rules().stream()
                        .filter(rule -> row.hasAll(rule.source().columns()))
                        .toList(),
                row);
    }

    /** One source over a row; empty where its expression has no value. */
    public static Optional<Value> value(FieldSource source, Row row) {
        return switch (result(source, row)) {
            case Result.Computed computed -> Optional.of(computed.value());
            case Result.Failed failed -> Optional.empty();
        };
    }

    /** The value, or a stable word for why there is none. */
    private static Result result(FieldSource source, Row row) {
        return switch (source) {
            case FieldSource.Column column -> new Result.Computed(row.get(column.column()));
            case FieldSource.Constant constant -> new Result.Computed(constant.value());
            case FieldSource.Computed computed ->
                switch (computed.expression().evaluate(row)) {
                    case Result.Computed result -> result;
                    case Result.Failed failed -> new Result.Failed("expression");
                };
            case FieldSource.LookedUp lookedUp -> result(lookedUp.of(), row);
            case FieldSource.Composite composite -> tuple(composite, row);
            case FieldSource.Normalising normalising ->
                switch (result(normalising.of(), row)) {
                    case Result.Computed plain -> normalised(normalising, plain.value(), row);
                    case Result.Failed failed -> failed;
                };
        };
    }

    private static Result tuple(FieldSource.Composite source, Row row) {
        List<Value> values = new ArrayList<>();
        for (FieldSource part : source.parts()) {
            switch (result(part, row)) {
                case Result.Computed computed -> values.add(computed.value());
                case Result.Failed failed -> {
                    return failed;
                }
            }
        }
        Value.Tuple tuple = new Value.Tuple(values);
        return new Result.Computed(tuple.isEmpty() ? Value.ofNull() : tuple);
    }

    private static Result normalised(FieldSource.Normalising source, Value plain, Row row) {
        if (plain.isNull()) {
            return new Result.Computed(plain);
        }
        Normalised result = source.hashed()
                ? source.normaliser().ofHash(plain.text())
                : source.normaliser()
                        .apply(plain.text(), source.country().map(row::get).map(Value::text));
        return switch (result) {
            case Normalised.Text text -> new Result.Computed(new Value.Text(text.value()));
            case Normalised.Blank blank -> new Result.Computed(Value.ofNull());
            case Normalised.Unusable unusable -> new Result.Failed(unusable.reason());
        };
    }

    private static Mapped map(List<FieldRule> rules, Row row) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (FieldRule rule : rules) {
            switch (result(rule.source(), row)) {
                case Result.Failed failed -> {
                    return new Mapped.Failed(failed.reason() + ":" + rule.field());
                }
                case Result.Computed computed -> {
                    Value rounded = round(computed.value(), rule.round());
                    if (!rounded.isEmpty() || rule.whenEmpty() == FieldRule.WhenEmpty.CLEAR) {
                        values.put(rule.field(), rounded);
                    }
                }
            }
        }
        return new Mapped.Fields(values);
    }

    private static Value round(Value value, Optional<Integer> digits) {
        if (digits.isEmpty()) {
            return value;
        }
        return switch (value) {
            case Value.Decimal decimal -> new Value.Decimal(round(decimal.value(), digits.get()));
            case Value.Real real
            when real.finite() ->
                new Value.Real(round(new BigDecimal(Double.toString(real.value())), digits.get())
                        .doubleValue());
            case Value.Null n -> value;
            case Value.Bool b -> value;
            case Value.Int i -> value;
            case Value.Real r -> value;
            case Value.Text t -> value;
            case Value.Date d -> value;
            case Value.Time t -> value;
            case Value.Timestamp t -> value;
            case Value.ZonedTimestamp z -> value;
            case Value.Json j -> value;
            case Value.Binary b -> value;
            case Value.Tuple t -> value;
        };
    }

    private static BigDecimal round(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_UP);
    }
}
