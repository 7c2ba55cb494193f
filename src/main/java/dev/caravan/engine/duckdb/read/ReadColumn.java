package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.model.ColumnDeclaration;
import dev.caravan.row.ValueType;
import java.util.Optional;

/**
 * How a column's cells become values, in SQL over the relation {@code src}.
 *
 * @param value null for a null and for a cell that cannot be read as the type
 * @param mayFail whether there can be such cells
 */
record ReadColumn(String name, ColumnType type, String value, boolean mayFail) {

    /** A column as it comes or as declared; empty if no value type stands for it, or not the declared one. */
    static Optional<ReadColumn> of(RawColumn raw, Optional<ColumnDeclaration> declaration) {
        String cell = "src." + Sql.name(raw.name());
        return ColumnType.of(raw.duckType())
                .flatMap(read -> declaration.isEmpty()
                        ? Optional.of(plain(raw, read, cell))
                        : declared(raw, read, declaration.get(), cell));
    }

    private static Optional<ReadColumn> declared(
            RawColumn raw, ColumnType read, ColumnDeclaration declaration, String cell) {
        ColumnType type = Declared.type(read, declaration);
        return Declared.value(read, type, declaration, cell)
                .map(value -> new ReadColumn(raw.name(), type, inRange(type, value), true));
    }

    private static ReadColumn plain(RawColumn raw, ColumnType type, String cell) {
        if (type.type() == ValueType.JSON) {
            return new ReadColumn(raw.name(), type, Declared.json(cell), false);
        }
        String value = raw.duckType().equals(type.sql()) ? cell : "TRY_CAST(" + cell + " AS " + type.sql() + ")";
        String ranged = inRange(type, value);
        return new ReadColumn(
                raw.name(),
                type,
                ranged,
                !ranged.equals(value) || raw.duckType().endsWith("HUGEINT"));
    }

    /** The condition that this column's cell holds something that cannot be read; over the rows that {@link #select} gives. */
    String broken() {
        return mayFail ? Sql.name(flag()) : "false";
    }

    /** The select list of this column: the value and, where it can fail, whether it did. */
    String select() {
        String select = value + " AS " + Sql.name(name);
        return mayFail
                ? select + ", (src." + Sql.name(name) + " IS NOT NULL AND " + value + " IS NULL) AS " + Sql.name(flag())
                : select;
    }

    private String flag() {
        return "type:" + name;
    }

    /** DuckDB knows years beyond four digits, infinite dates and 24 o'clock; ISO text and destinations do not. */
    private static String inRange(ColumnType type, String value) {
        return switch (type.type()) {
            case BOOLEAN, INTEGER, DECIMAL, DOUBLE, TEXT, JSON, BINARY -> value;
            case DATE -> between(value, "DATE '0001-01-01'", "DATE '9999-12-31'");
            case TIME -> between(value, "TIME '00:00:00'", "TIME '23:59:59.999999'");
            case TIMESTAMP ->
                between(value, "TIMESTAMP '0001-01-01 00:00:00'", "TIMESTAMP '9999-12-31 23:59:59.999999'");
            case TIMESTAMPTZ ->
                between(value, "TIMESTAMPTZ '0001-01-01 00:00:00+00'", "TIMESTAMPTZ '9999-12-31 23:59:59.999999+00'");
        };
    }

    private static String between(String value, String least, String most) {
        return "(CASE WHEN " + value + " BETWEEN " + least + " AND " + most + " THEN " + value + " END)";
    }
}
