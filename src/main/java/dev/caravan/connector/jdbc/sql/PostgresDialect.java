package dev.caravan.connector.jdbc.sql;

import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlAnswer.Result;
import dev.caravan.transport.SqlRequest.Wants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * PostgreSQL, from version 9.5 on. Values go as text of no type, so that the server reads each as its column's own type: nothing is rounded
 * or cast on the way, and uuid, jsonb and enumerations need no words of their own. Bytes go as bytes. {@code json} knows no equality and
 * keeps its text, so that its text is compared.
 *
 * @param schema of tables that are named without one
 */
public record PostgresDialect(String schema) implements Dialect {

    private static final String TARGET = "caravan_target";

    private static final String COLUMNS = """
            SELECT c.column_name, c.udt_name, c.character_maximum_length,
              CASE c.udt_name WHEN 'numeric' THEN c.numeric_precision WHEN 'int2' THEN 5 WHEN 'int4' THEN 10
                WHEN 'int8' THEN 19 END,
              CASE c.udt_name WHEN 'numeric' THEN c.numeric_scale END,
              CASE WHEN c.is_nullable = 'YES' THEN 'yes' ELSE 'no' END,
              CASE WHEN c.column_default IS NOT NULL OR c.is_identity = 'YES' THEN 'yes' ELSE 'no' END,
              CASE WHEN c.is_generated = 'ALWAYS' OR c.identity_generation = 'ALWAYS' THEN 'yes' ELSE 'no' END,
              CASE WHEN has_column_privilege(r.oid, c.column_name::text, 'INSERT') THEN 'yes' ELSE 'no' END,
              CASE WHEN has_column_privilege(r.oid, c.column_name::text, 'UPDATE') THEN 'yes' ELSE 'no' END,
              CASE WHEN EXISTS (SELECT 1 FROM pg_index i
                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  WHERE i.indrelid = r.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
                  AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = 1
                  AND a.attname = c.column_name) THEN 'yes' ELSE 'no' END,
              CASE WHEN c.udt_name = 'citext' THEN 'yes' ELSE 'no' END,
              (SELECT string_agg(e.enumlabel, chr(31) ORDER BY e.enumsortorder) FROM pg_enum e
                JOIN pg_type y ON y.oid = e.enumtypid JOIN pg_namespace n ON n.oid = y.typnamespace
                WHERE y.typname = c.udt_name AND n.nspname = c.udt_schema)
            FROM information_schema.columns c
            JOIN pg_namespace s ON s.nspname = c.table_schema
            JOIN pg_class r ON r.relnamespace = s.oid AND r.relname = c.table_name
            WHERE c.table_schema = ? AND c.table_name = ? ORDER BY c.ordinal_position""";

    private static final String KEYS = """
            SELECT i.indexrelid::text, a.attname, CASE WHEN a.attnotnull THEN 'no' ELSE 'yes' END
            FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid JOIN pg_namespace s ON s.oid = r.relnamespace
            JOIN pg_attribute a ON a.attrelid = i.indrelid
              AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
            WHERE s.nspname = ? AND r.relname = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
            AND i.indpred IS NULL AND i.indexprs IS NULL ORDER BY 1, a.attnum""";

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public Optional<String> usualSchema() {
        return Optional.of(schema);
    }

    /** The server ends a transaction that idles for twice the time-out, so that no commit can land later. */
    @Override
    public Duration zombieWindow() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Map<String, String> properties(Duration timeout) {
        return Map.of(
                "stringtype", "unspecified",
                "ApplicationName", "caravan",
                "tcpKeepAlive", "true",
                "logServerErrorDetail", "false",
                "loginTimeout", Long.toString(Math.max(1, timeout.toSeconds())),
                "connectTimeout", Long.toString(Math.max(1, timeout.toSeconds())));
    }

    @Override
    public List<String> session(Duration timeout) {
        long patience = timeout.toMillis();
        return List.of("SET statement_timeout = " + patience
                + "; SET lock_timeout = " + patience / 2
                + "; SET idle_in_transaction_session_timeout = " + 2 * patience
                + "; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET client_encoding = 'UTF8'");
    }

    @Override
    public List<String> identity() {
        return List.of("SELECT 'postgres-' || system_identifier::text FROM pg_control_system()");
    }

    @Override
    public Questions questions() {
        return new Questions(COLUMNS, KEYS, Optional.empty());
    }

    @Override
    public Kind kind(String type, List<String> values) {
        if (!values.isEmpty()) {
            return Kind.ENUM;
        }
        return switch (type) {
            case "bool" -> Kind.BOOLEAN;
            case "int2", "int4", "int8" -> Kind.INTEGER;
            case "numeric", "float4", "float8" -> Kind.NUMBER;
            case "text", "varchar", "bpchar", "citext", "name", "uuid", "inet", "cidr", "macaddr" -> Kind.TEXT;
            case "json", "jsonb" -> Kind.JSON;
            case "bytea" -> Kind.BINARY;
            case "date" -> Kind.DATE;
            case "time" -> Kind.TIME;
            case "timestamp" -> Kind.TIMESTAMP;
            case "timestamptz" -> Kind.INSTANT;
            default -> Kind.OTHER;
        };
    }

    @Override
    public Value parameter(Value typed) {
        return typed.isNull() || typed instanceof Value.Binary ? typed : new Value.Text(typed.text());
    }

    @Override
    public Optional<String> unsendable(String text) {
        return text.indexOf('\0') < 0 ? Optional.empty() : Optional.of("text with a NUL character");
    }

    /** {@code xmax} is zero in a row that was just made. Partitioned tables show none: there the statement looks before it writes. */
    @Override
    public String upsert(TableName table, List<String> key, List<Column> columns, boolean plain) {
        List<String> names = Column.names(columns);
        String insert = Text.insert(this, table.in(this) + " AS " + TARGET, Text.with(key, names));
        String created = plain
                ? "NOT EXISTS (SELECT 1 FROM " + table.in(this) + " AS was WHERE "
                        + Text.each(this, key, "was.%s = " + TARGET + ".%s", " AND ") + ")"
                : "xmax = 0";
        String changed = columns.isEmpty()
                ? ""
                : " WHERE " + columns.stream().map(this::excludedDiffers).collect(Collectors.joining(" OR "));
        return insert + Text.onConflict(this, key, names) + changed + " RETURNING CASE WHEN " + created
                + " THEN 'yes' ELSE 'no' END";
    }

    private String excludedDiffers(Column column) {
        String name = quoted(column.name());
        return comparable(column, TARGET + "." + name) + " IS DISTINCT FROM " + comparable(column, "EXCLUDED." + name);
    }

    private static String comparable(Column column, String expression) {
        return column.type().equals("json") ? "CAST(" + expression + " AS text)" : expression;
    }

    @Override
    public Wants upsertWants() {
        return Wants.RETURNED;
    }

    @Override
    public boolean nullableKeys() {
        return true;
    }

    @Override
    public boolean created(Result upsert, Optional<Result> before) {
        return upsert instanceof Ran ran
                && !ran.rows().isEmpty()
                && ran.rows().getFirst().getFirst().text().equals("yes");
    }

    @Override
    public String update(TableName table, List<String> key, List<Column> columns) {
        return Text.update(this, table, key, Column.names(columns)) + " AND NOT ("
                + columns.stream().map(this::same).collect(Collectors.joining(" AND ")) + ")";
    }

    @Override
    public String same(Column column) {
        return comparable(column, quoted(column.name())) + " IS NOT DISTINCT FROM ?";
    }

    @Override
    public boolean comparesInUpdate() {
        return true;
    }

    @Override
    public Optional<String> hidesRows(TableName table) {
        return Optional.of("SELECT CASE WHEN row_security_active('"
                + table.in(this).replace("'", "''") + "'::regclass) THEN 'yes' ELSE 'no' END");
    }
}
