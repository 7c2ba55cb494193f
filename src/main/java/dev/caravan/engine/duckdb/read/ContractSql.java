package dev.caravan.engine.duckdb.read;

import dev.caravan.contract.Check;
import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The contract's checks as conditions that a bad row fulfils. Null passes all but {@code not_null}. */
final class ContractSql {

    private final Map<String, ReadColumn> columns;

    ContractSql(Map<String, ReadColumn> columns) {
        this.columns = columns;
    }

    /** A check's reasons with their conditions; {@code false} where only all rows together can say. */
    record Breach(String word, String condition) {}

    /**
     * What a check objects to.
     *
     * @param number which SQL check of the contract it is, from 1
     */
    List<Breach> breaches(Check check, int number) {
        return switch (check) {
            case Check.NotNull c ->
                c.columns().stream().map(name -> notNull(column(name, check))).toList();
            case Check.Range c -> List.of(range(column(c.column(), check), c));
            case Check.AcceptedValues c -> List.of(accepted(column(c.column(), check), c));
            case Check.Pattern c -> List.of(pattern(column(c.column(), check), c));
            case Check.Unique c -> {
                c.columns().forEach(name -> column(name, check));
                yield List.of(new Breach("unique:" + String.join(",", c.columns()), "false"));
            }
            case Check.Sql c ->
                List.of(new Breach(
                        "sql:" + number, "NOT coalesce(TRY(coalesce((" + c.condition() + "\n), true)), false)"));
        };
    }

    private ReadColumn column(String name, Check check) {
        ReadColumn column = columns.get(name);
        if (column == null) {
            throw problem(check, "the model has no readable column " + name, "check one of the model's columns");
        }
        return column;
    }

    private static Breach notNull(ReadColumn column) {
        String unreadable = column.mayFail() ? " AND NOT " + column.broken() : "";
        return new Breach("not_null:" + column.name(), Sql.name(column.name()) + " IS NULL" + unreadable);
    }

    private static Breach range(ReadColumn column, Check.Range check) {
        if (!column.type().type().numeric()) {
            throw problem(
                    check,
                    "column " + column.name() + " is no number",
                    "declare its type under columns:, or check another column");
        }
        String name = Sql.name(column.name());
        List<String> outside = new ArrayList<>();
        check.min().ifPresent(min -> outside.add(name + " < " + bound(column.type(), min, RoundingMode.CEILING)));
        check.max().ifPresent(max -> outside.add(name + " > " + bound(column.type(), max, RoundingMode.FLOOR)));
        if (column.type().type() == ValueType.DOUBLE) {
            outside.add("isnan(" + name + ")");
        }
        return new Breach(
                "range:" + column.name(), outside.isEmpty() ? "false" : "(" + String.join(" OR ", outside) + ")");
    }

    /** A bound in the column's own type, so that comparing never rounds: inwards to the next value the column can hold. */
    private static String bound(ColumnType type, BigDecimal bound, RoundingMode inwards) {
        return switch (type.type()) {
            case DOUBLE -> "CAST('" + bound.toPlainString() + "' AS DOUBLE)";
            case DECIMAL ->
                "CAST('" + bound.setScale(scale(type), inwards).toPlainString() + "' AS DECIMAL(38," + scale(type)
                        + "))";
            case INTEGER, BOOLEAN, TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, JSON, BINARY ->
                "CAST('" + bound.setScale(0, inwards).toPlainString() + "' AS HUGEINT)";
        };
    }

    private static int scale(ColumnType type) {
        String sql = type.sql();
        return Integer.parseInt(
                sql.substring(sql.indexOf(',') + 1, sql.length() - 1).strip());
    }

    private static Breach accepted(ReadColumn column, Check.AcceptedValues check) {
        String values = check.values().stream()
                .filter(value -> !value.isNull())
                .map(Value::text)
                .map(Sql::text)
                .collect(Collectors.joining(", "));
        String text = column.type().text(Sql.name(column.name()));
        return new Breach(
                "accepted:" + column.name(),
                values.isEmpty() ? Sql.name(column.name()) + " IS NOT NULL" : text + " NOT IN (" + values + ")");
    }

    private static Breach pattern(ReadColumn column, Check.Pattern check) {
        String text = column.type().text(Sql.name(column.name()));
        return new Breach(
                "pattern:" + column.name(), "NOT regexp_full_match(" + text + ", " + Sql.text(check.regex()) + ")");
    }

    /** A problem of the contract, at the check. */
    static InvalidInput problem(Check check, String message, String suggestion) {
        return new InvalidInput(Problem.at(Code.CONTRACT_CHECK, check.place(), message, suggestion));
    }

    /** The columns of a unique check, if it is one. */
    static Optional<List<String>> unique(Check check) {
        return check instanceof Check.Unique unique ? Optional.of(unique.columns()) : Optional.empty();
    }
}
