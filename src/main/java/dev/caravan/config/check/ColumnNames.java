package dev.caravan.config.check;

import dev.caravan.config.field.KnownColumns;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.row.ValueType;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import java.util.List;
import java.util.Optional;

/** Asks of single columns whether they exist and are of a type, and reports where they are not. */
record ColumnNames(KnownColumns columns, Findings findings) {

    /** Whether the column may exist. */
    boolean exists(Located<String> column) {
        if (!columns.lacks(column.value())) {
            return true;
        }
        findings.report(
                Code.MODEL_COLUMN_UNKNOWN,
                column.place(),
                "the model has no column '" + column.value() + "'",
                columns.suggest(column.value()));
        return false;
    }

    /**
     * Whether the column may be of one of these types.
     *
     * @param reason what it must be, for the message
     */
    boolean mustBe(String column, Place place, List<ValueType> types, String reason) {
        Optional<ValueType> type = columns.type(column);
        if (type.isEmpty() || types.contains(type.get())) {
            return true;
        }
        findings.report(
                Code.MODEL_COLUMN_TYPE,
                place,
                reason + ", '" + column + "' is " + Scalars.wordOf(type.get()),
                declare(column, types.getFirst()));
        return false;
    }

    /** What to write so that the column gets a type. */
    static String declare(String column, ValueType type) {
        return "declare it in the model, columns: {" + column + ": " + Scalars.wordOf(type) + "}, or name another";
    }
}
