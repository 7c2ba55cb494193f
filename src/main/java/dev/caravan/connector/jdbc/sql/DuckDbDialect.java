package dev.caravan.connector.jdbc.sql;

import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlAnswer.Result;
import dev.caravan.transport.SqlRequest.Several;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DuckDB, one file that this process has open while a request is under way. */
public record DuckDbDialect() implements Dialect {

    private static final String COLUMNS = """
            SELECT c.column_name, c.data_type, NULL,
              CASE WHEN c.data_type LIKE 'DECIMAL%' THEN c.numeric_precision END,
              CASE WHEN c.data_type LIKE 'DECIMAL%' THEN c.numeric_scale END,
              CASE WHEN c.is_nullable = 'YES' THEN 'yes' ELSE 'no' END,
              CASE WHEN c.column_default IS NOT NULL THEN 'yes' ELSE 'no' END,
              'no', 'yes', 'yes',
              CASE WHEN EXISTS (SELECT 1 FROM duckdb_constraints() k WHERE k.database_name = c.table_catalog
                  AND k.schema_name = c.table_schema AND k.table_name = c.table_name
                  AND k.constraint_type IN ('PRIMARY KEY', 'UNIQUE') AND len(k.constraint_column_names) = 1
                  AND k.constraint_column_names[1] = c.column_name) THEN 'yes' ELSE 'no' END,
              'no',
              CASE WHEN c.data_type LIKE 'ENUM(%' THEN c.data_type END
            FROM information_schema.columns c
            WHERE c.table_catalog = current_database() AND c.table_schema = ? AND c.table_name = ?
            ORDER BY c.ordinal_position""";

    private static final String KEYS = """
            SELECT k.constraint_index::VARCHAR, k.col,
              CASE WHEN k.constraint_type = 'PRIMARY KEY' OR c.is_nullable = 'NO' THEN 'no' ELSE 'yes' END
            FROM (SELECT *, unnest(constraint_column_names) AS col FROM duckdb_constraints()) k
            JOIN information_schema.columns c ON c.table_catalog = k.database_name AND c.table_schema = k.schema_name
              AND c.table_name = k.table_name AND c.column_name = k.col
            WHERE k.database_name = current_database() AND k.schema_name = ? AND k.table_name = ?
            AND k.constraint_type IN ('PRIMARY KEY', 'UNIQUE') ORDER BY k.constraint_index, c.ordinal_position""";

    private static final String SCHEMA = "main";

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String title() {
        return "DuckDB";
    }

    @Override
    public Optional<String> usualSchema() {
        return Optional.of(SCHEMA);
    }

    /** It is in this process: nothing is under way when a call has returned. */
    @Override
    public Duration zombieWindow() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Map<String, String> properties(Duration timeout) {
        return Map.of(
                "memory_limit", "512MB",
                "threads", "2",
                "autoinstall_known_extensions", "false",
                "autoload_known_extensions", "false",
                "enable_external_access", "false");
    }

    @Override
    public List<String> session(Duration timeout) {
        return List.of();
    }

    @Override
    public List<String> identity() {
        return List.of();
    }

    @Override
    public Questions questions() {
        return new Questions(COLUMNS, KEYS, Optional.empty());
    }

    @Override
    public Kind kind(String type, List<String> values) {
        int parenthesis = type.indexOf('(');
        return switch (type.endsWith("]") ? "" : parenthesis < 0 ? type : type.substring(0, parenthesis)) {
            case "BOOLEAN" -> Kind.BOOLEAN;
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT" -> Kind.INTEGER;
            case "DECIMAL", "FLOAT", "DOUBLE" -> Kind.NUMBER;
            case "VARCHAR", "UUID" -> Kind.TEXT;
            case "JSON" -> Kind.JSON;
            case "BLOB" -> Kind.BINARY;
            case "ENUM" -> Kind.ENUM;
            case "DATE" -> Kind.DATE;
            case "TIME" -> Kind.TIME;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Kind.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE" -> Kind.INSTANT;
            default -> Kind.OTHER;
        };
    }

    @Override
    public Value parameter(Value typed) {
        return typed instanceof Value.Time time ? new Value.Text(time.text()) : typed;
    }

    /** Without a look at what is the same already: no trigger could be fired, and row by row it is a hundred times slower. */
    @Override
    public String upsert(TableName table, List<String> key, List<Column> columns, boolean plain) {
        List<String> names = Column.names(columns);
        return Text.insert(this, table, Text.with(key, names)) + Text.onConflict(this, key, names);
    }

    @Override
    public Optional<Several> severalUpserts(TableName table, List<String> key, List<String> columns) {
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(Text.several(
                        this, table.in(this), Text.with(key, columns), Text.onConflict(this, key, columns)));
    }

    @Override
    public Optional<String> beforeUpsert(TableName table, List<String> key) {
        return Optional.of(Text.present(this, table, key, 1));
    }

    @Override
    public boolean asksBeforeUpsert() {
        return true;
    }

    @Override
    public boolean created(Result upsert, Optional<Result> before) {
        return before.filter(was -> was instanceof Ran ran && ran.count() == 0).isPresent();
    }
}
