package dev.caravan.engine.duckdb.read;

import dev.caravan.contract.Check;
import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.mapping.Mapping;
import dev.caravan.model.Model;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.row.ValueType;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a model into the temporary table {@link Staged#TABLE}, in one statement and one pass: typed values, row hash
 * and what each row breaks on its own. Nothing is staged unless all of it is.
 */
public final class Staging {

    private final Db db;
    private final Sources sources;
    private final Mapping mapping;
    private final RowKey.Equality keys;
    private final RowKey.Equality targets;

    /**
     * The staging of one mapping's model over one connection.
     *
     * @param keys how the model's keys are told apart
     * @param targets how the destination's are
     */
    public Staging(Db db, Sources sources, Mapping mapping, RowKey.Equality keys, RowKey.Equality targets) {
        this.db = db;
        this.sources = sources;
        this.mapping = mapping;
        this.keys = keys;
        this.targets = targets;
    }

    /** Refuses SQL checks that are not one condition over a row, before anything is opened. */
    public void judgeConditions() throws SQLException {
        for (Check check : mapping.contract().checks()) {
            if (check instanceof Check.Sql sql) {
                new SelectGuard(Code.CONTRACT_CHECK, sql.place()).expression(db, sql.condition());
            }
        }
    }

    /** Reads all rows. The connection is closed again when this returns. */
    public Staged read() throws SQLException {
        judgeConditions();
        db.run("DROP TABLE IF EXISTS " + Staged.TABLE);
        Model model = mapping.model();
        try (OpenModel open = sources.open(db, model)) {
            Map<String, ReadColumn> columns = ModelColumns.of(open, model);
            Set<String> kept = kept();
            ModelColumns.require(columns, mapping.imageColumns(), open.columns(), model);
            ModelColumns.require(columns, model.watermark().stream().toList(), open.columns(), model);
            model.watermark().ifPresent(name -> requireTime(column(columns, name)));
            Staged staged = staged(columns, kept);
            stage(open, columns, kept, staged);
            return staged;
        }
    }

    private void requireTime(ReadColumn watermark) {
        boolean time = switch (watermark.type().type()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
            case BOOLEAN, INTEGER, DECIMAL, DOUBLE, TEXT, TIME, JSON, BINARY -> false;
        };
        if (!time) {
            throw new InvalidInput(Problem.at(
                    Code.MODEL_COLUMN_TYPE,
                    mapping.model().place(),
                    "the watermark " + watermark.name() + " is no date or timestamp",
                    "declare its type under columns:, or name another column"));
        }
    }

    private Staged staged(Map<String, ReadColumn> columns, Set<String> kept) {
        Reasons reasons = new Reasons();
        reasons.add(Staged.NULL_KEY, nullKey(columns));
        reasons.add(Staged.DUPLICATE_KEY, "false");
        reasons.add(Staged.DUPLICATE_KEY + ":" + mapping.target().keyField(), "false");
        mapping.model().columns().keySet().stream()
                .sorted()
                .map(columns::get)
                .forEach(column -> reasons.add("type:" + column.name(), column.broken()));
        columns.values().stream()
                .filter(column -> column.mayFail() && kept.contains(column.name()))
                .filter(column -> !mapping.model().columns().containsKey(column.name()))
                .forEach(column -> reasons.add("type:" + column.name(), column.broken()));
        Map<Integer, List<String>> unique = new LinkedHashMap<>();
        int number = 0;
        ContractSql contract = new ContractSql(columns);
        for (Check check : mapping.contract().checks()) {
            number += check instanceof Check.Sql ? 1 : 0;
            for (ContractSql.Breach breach : contract.breaches(check, number)) {
                ContractSql.unique(check).ifPresent(names -> unique.put(reasons.size(), names));
                reasons.add(breach.word(), breach.condition());
            }
        }
        Map<String, ColumnType> types = new LinkedHashMap<>();
        mapping.imageColumns().forEach(name -> types.put(name, type(columns, name)));
        Map<String, ColumnType> parts = new LinkedHashMap<>();
        mapping.model().key().forEach(name -> parts.put(name, keyType(columns, name)));
        return new Staged(
                new StagedKey(parts, keys),
                StagedTarget.of(mapping, types, targets),
                types,
                hashed(),
                reasons,
                unique,
                mapping.model().watermark());
    }

    private static ColumnType type(Map<String, ReadColumn> columns, String name) {
        return column(columns, name).type();
    }

    /** Two texts of one JSON value would be two keys. */
    private ColumnType keyType(Map<String, ReadColumn> columns, String name) {
        ColumnType type = type(columns, name);
        if (type.type() == ValueType.JSON) {
            throw new InvalidInput(Problem.at(
                    Code.MODEL_COLUMN_TYPE,
                    mapping.model().place(),
                    "column " + name + " is JSON and cannot be a key",
                    "take the value that identifies a row out of it in the model's SQL"));
        }
        return type;
    }

    private static ReadColumn column(Map<String, ReadColumn> columns, String name) {
        return Objects.requireNonNull(columns.get(name), "required before");
    }

    /** A key part that is there but cannot be read has its type as the reason instead. */
    private String nullKey(Map<String, ReadColumn> columns) {
        return mapping.model().key().stream()
                .map(name -> column(columns, name))
                .map(part -> "(" + Sql.name(part.name()) + " IS NULL AND NOT " + part.broken() + ")")
                .collect(Collectors.joining(" OR "));
    }

    /** Image, watermark and what uniqueness is judged by; what other checks read is judged in passing. */
    private Set<String> kept() {
        Set<String> kept = new LinkedHashSet<>(mapping.imageColumns());
        mapping.model().watermark().ifPresent(kept::add);
        mapping.contract().checks().forEach(check -> ContractSql.unique(check).ifPresent(kept::addAll));
        return kept;
    }

    /** Keys first, then by name: the order of fields in a file must not change hashes. */
    private List<String> hashed() {
        Set<String> hashed = new LinkedHashSet<>(mapping.model().key());
        mapping.hashedColumns().stream().sorted().forEach(hashed::add);
        return List.copyOf(hashed);
    }

    private void stage(OpenModel open, Map<String, ReadColumn> columns, Set<String> kept, Staged staged)
            throws SQLException {
        String rows = "(SELECT "
                + columns.values().stream().map(ReadColumn::select).collect(Collectors.joining(", ")) + " FROM "
                + open.relation() + " AS src) AS model_row";
        requireBoolean(rows);
        String sql = "CREATE TEMP TABLE " + Staged.TABLE + " AS SELECT hash("
                + Sql.names(hashed()) + ") AS " + Staged.HASH + ", "
                + staged.reasons().select() + ", "
                + Sql.names(kept) + " FROM " + rows;
        try {
            db.run(sql);
        } catch (SQLException failure) {
            diagnose(columns, rows);
            throw failed(open, failure);
        }
    }

    private static CaravanException failed(OpenModel open, SQLException failure) {
        return open.failure().apply(failure);
    }

    private void requireBoolean(String rows) throws SQLException {
        for (Check check : mapping.contract().checks()) {
            if (check instanceof Check.Sql sql) {
                String type = typeOf(sql, rows);
                if (!type.equals("BOOLEAN")) {
                    throw ContractSql.problem(check, "the condition is " + type + ", not true or false", "compare it");
                }
            }
        }
    }

    private String typeOf(Check.Sql check, String rows) throws SQLException {
        try {
            return db.first("DESCRIBE SELECT (" + check.condition() + "\n) FROM " + rows, row -> row.getString(2))
                    .orElse("");
        } catch (SQLException failure) {
            throw unfit(check, failure);
        }
    }

    /** The staging failed: if one check alone does not bind either, it is to blame and not the model. */
    private void diagnose(Map<String, ReadColumn> columns, String rows) {
        ContractSql contract = new ContractSql(columns);
        for (Check check : mapping.contract().checks()) {
            for (ContractSql.Breach breach : contract.breaches(check, 1)) {
                try {
                    db.run("SELECT " + breach.condition() + " FROM " + rows + " LIMIT 0");
                } catch (SQLException failure) {
                    throw unfit(check, failure);
                }
            }
        }
    }

    private static CaravanException unfit(Check check, SQLException failure) {
        String message = Failures.sqlProblem(failure).orElse("the check cannot be evaluated");
        return ContractSql.problem(check, message, "correct the check");
    }
}
