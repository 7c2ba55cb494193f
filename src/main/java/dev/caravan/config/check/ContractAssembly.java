package dev.caravan.config.check;

import dev.caravan.config.draft.ContractDraft;
import dev.caravan.config.draft.ContractDraft.CheckDraft;
import dev.caravan.config.draft.ModelDraft;
import dev.caravan.config.field.KnownColumns;
import dev.caravan.contract.Check;
import dev.caravan.contract.Contract;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.row.ValueCodec;
import dev.caravan.row.ValueType;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the contract, its columns checked and its accepted values in the column's type. */
final class ContractAssembly {

    private final KnownColumns columns;
    private final ColumnNames names;
    private final Findings findings;

    ContractAssembly(KnownColumns columns, Findings findings) {
        this.columns = columns;
        this.names = new ColumnNames(columns, findings);
        this.findings = findings;
    }

    /** The contract; the model is absent when it has a problem of its own. */
    Contract assemble(ContractDraft draft, Optional<ModelDraft> model) {
        List<Check> checks = draft.checks().stream().map(this::check).toList();
        model.ifPresent(known -> draft.freshWithin().ifPresent(age -> fresh(age, known)));
        return new Contract(
                checks, draft.freshWithin().map(Located::value), draft.minRows(), draft.maxRows(), draft.validShare());
    }

    private void fresh(Located<Duration> age, ModelDraft model) {
        if (model.watermark().isEmpty()) {
            findings.report(
                    Code.CONTRACT_CHECK,
                    age.place(),
                    "'fresh_within' needs to know how old a row is",
                    "add watermark: column to the model");
            return;
        }
        String watermark = model.watermark().get().value();
        if (columns.type(watermark).equals(Optional.of(ValueType.TIMESTAMP))) {
            findings.report(
                    Code.MODEL_ZONE_MISSING,
                    age.place(),
                    "'" + watermark + "' has no zone, so its age is not known",
                    "declare it in the model, columns: {" + watermark + ": {type: timestamp, zone: UTC}}");
        }
    }

    private Check check(CheckDraft draft) {
        boolean known =
                draft.columns().stream().filter(column -> !names.exists(column)).count() == 0;
        if (!known) {
            return draft.check();
        }
        return switch (draft.check()) {
            case Check.Range range -> {
                numeric(range, draft.columns().getFirst().place());
                yield range;
            }
            case Check.AcceptedValues accepted -> typed(accepted, draft.values());
            case Check.NotNull check -> check;
            case Check.Pattern check -> check;
            case Check.Unique check -> check;
            case Check.Sql check -> check;
        };
    }

    private void numeric(Check.Range range, Place place) {
        Optional<ValueType> type = columns.type(range.column());
        if (type.isPresent() && !type.get().numeric()) {
            findings.report(
                    Code.CONTRACT_CHECK,
                    place,
                    "a range needs numbers, '" + range.column() + "' is " + Scalars.wordOf(type.get()),
                    ColumnNames.declare(range.column(), ValueType.DECIMAL));
        }
    }

    private Check typed(Check.AcceptedValues check, List<Place> places) {
        Optional<ValueType> type = columns.type(check.column());
        if (type.isEmpty()) {
            return check;
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < check.values().size(); i++) {
            Optional<Value> value = as(check.values().get(i), type.get());
            if (value.isEmpty()) {
                findings.report(
                        Code.CONTRACT_CHECK,
                        places.get(i),
                        "not a value of '" + check.column() + "', which is " + Scalars.wordOf(type.get()),
                        type.get() == ValueType.TEXT ? "put it in quotes" : "write values of that type");
                return check;
            }
            values.add(value.get());
        }
        return new Check.AcceptedValues(check.column(), values, check.place());
    }

    /** The value in a column's type; empty if it cannot be one. */
    private static Optional<Value> as(Value value, ValueType type) {
        try {
            return switch (value) {
                case Value.Text text
                when !type.numeric() && type != ValueType.BOOLEAN && type != ValueType.JSON ->
                    Optional.of(ValueCodec.parse(type, text.value()));
                case Value.Int whole
                when type.numeric() -> Optional.of(number(BigDecimal.valueOf(whole.value()), type));
                case Value.Decimal decimal when type.numeric() -> Optional.of(number(decimal.value(), type));
                case Value.Bool bool when type == ValueType.BOOLEAN -> Optional.of(bool);
                case Value.Text v -> Optional.empty();
                case Value.Int v -> Optional.empty();
                case Value.Decimal v -> Optional.empty();
                case Value.Bool v -> Optional.empty();
                case Value.Null v -> Optional.empty();
                case Value.Real v -> Optional.empty();
                case Value.Date v -> Optional.empty();
                case Value.Time v -> Optional.empty();
                case Value.Timestamp v -> Optional.empty();
                case Value.ZonedTimestamp v -> Optional.empty();
                case Value.Json v -> Optional.empty();
                case Value.Binary v -> Optional.empty();
                case Value.Tuple v -> Optional.empty();
            };
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Value number(BigDecimal value, ValueType type) {
        return switch (type) {
            case INTEGER -> new Value.Int(value.longValueExact());
            case DOUBLE -> new Value.Real(value.doubleValue());
            default -> new Value.Decimal(value);
        };
    }
}
