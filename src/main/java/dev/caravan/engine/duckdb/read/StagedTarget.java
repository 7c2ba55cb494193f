package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.RowMapper;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which record of the destination a row means: the destination key as text, folded as the destination compares it, so that rows of
 * one record can be told.
 *
 * @param column the type of the column that is the destination key; empty where it is computed
 * @param modelKey whether it is the model's whole key: then rows of one record have one key, and are told by that
 */
public record StagedTarget(
        FieldSource source, Optional<ColumnType> column, RowKey.Equality equality, boolean modelKey) {

    static StagedTarget of(Mapping mapping, Map<String, ColumnType> types, RowKey.Equality equality) {
        FieldSource source = mapping.target().keySource();
        Optional<ColumnType> column = switch (source) {
            case FieldSource.Column c ->
                Optional.ofNullable(types.get(c.column())).filter(type -> type.type() != ValueType.JSON);
            case FieldSource.Constant c -> Optional.empty();
            case FieldSource.Computed c -> Optional.empty();
            case FieldSource.Normalising n -> Optional.empty();
        };
        boolean modelKey = column.isPresent()
                && List.copyOf(source.columns()).equals(mapping.model().key());
        return new StagedTarget(source, column, equality, modelKey);
    }

    /** SQL for it over a staged row, null where the row has none; empty where SQL cannot tell, or need not. */
    public Optional<String> text(String alias) {
        return modelKey
                ? Optional.empty()
                : column.map(type -> {
                    String name = Sql.name(source.columns().iterator().next());
                    return "nullif(" + Sql.folded(type.text(alias + "." + name), equality) + ", '')";
                });
    }

    /** Whether only evaluating an expression tells it. */
    public boolean computed() {
        return column.isEmpty();
    }

    /** It of a row in memory; empty where the row lacks the columns, or has no key. */
    public Optional<String> of(Row row) {
        return row.hasAll(source.columns())
                ? RowMapper.value(source, row).filter(value -> !value.isEmpty()).map(this::folded)
                : Optional.empty();
    }

    private String folded(Value value) {
        return equality.fold(value.text());
    }
}
