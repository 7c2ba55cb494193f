package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.RowMapper;
import dev.caravan.row.KeyText;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which record of the destination a row means: the destination key as text, each part folded as the destination compares it, so that rows
 * of one record can be told.
 *
 * @param columns the columns that are the destination key, in the order of its fields, with their types; empty where any part is computed
 * @param modelKey whether it is the model's whole key: then rows of one record have one key, and are told by that
 */
public record StagedTarget(
        FieldSource source, Map<String, ColumnType> columns, RowKey.Equality equality, boolean modelKey) {

    static StagedTarget of(Mapping mapping, Map<String, ColumnType> types, RowKey.Equality equality) {
        FieldSource source = mapping.target().keySource();
        List<FieldSource> parts =
                source instanceof FieldSource.Composite composite ? composite.parts() : List.of(source);
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        for (FieldSource each : parts) {
            FieldSource part = each instanceof FieldSource.LookedUp lookedUp ? lookedUp.of() : each;
            if (part instanceof FieldSource.Column column) {
                Optional.ofNullable(types.get(column.column()))
                        .filter(type -> type.type() != ValueType.JSON)
                        .ifPresent(type -> columns.put(column.column(), type));
            }
        }
        boolean plain = columns.size() == parts.size();
        boolean modelKey =
                plain && columns.keySet().equals(Set.copyOf(mapping.model().key()));
        return new StagedTarget(source, plain ? columns : Map.of(), equality, modelKey);
    }

    /** SQL for it over a staged row, null where the row has none; empty where SQL cannot tell, or need not. */
    public Optional<String> text(String alias) {
        return text(name -> alias + "." + Sql.name(name));
    }

    /** The same where the columns are named otherwise. */
    public Optional<String> text(UnaryOperator<String> column) {
        return modelKey || columns.isEmpty()
                ? Optional.empty()
                : Optional.of(columns.entrySet().stream()
                        .map(each -> part(each.getValue().text(column.apply(each.getKey()))))
                        .collect(Collectors.joining(" || '|' || ")));
    }

    /** Null where it is empty; several are joined as {@link KeyText} does. */
    private String part(String text) {
        String folded = "nullif(" + Sql.folded(text, equality) + ", '')";
        return columns.size() == 1 ? folded : "replace(replace(" + folded + ", '\\', '\\\\'), '|', '\\|')";
    }

    /** Whether only evaluating an expression tells it. */
    public boolean computed() {
        return columns.isEmpty();
    }

    /** It of a row in memory; empty where the row lacks the columns, or has no key. */
    public Optional<String> of(Row row) {
        return row.hasAll(source.columns())
                ? RowMapper.value(source, row).filter(value -> !value.isEmpty()).map(equality::fold)
                : Optional.empty();
    }
}
