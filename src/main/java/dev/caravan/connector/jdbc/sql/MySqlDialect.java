package dev.caravan.connector.jdbc.sql;

import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlAnswer.Refusal;
import dev.caravan.transport.SqlAnswer.Result;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * MySQL and MariaDB, with their own driver set to count rows that changed: 1 was made, 2 was changed, 0 was so already. The session is
 * strict, or values that do not fit would be cut without a word.
 */
public record MySqlDialect() implements Dialect {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    /** What is longer than a packet cannot be sent at all, however long the column is: it would break the connection. */
    private static final String COLUMNS = """
            SELECT c.column_name, CASE WHEN c.column_type LIKE 'tinyint(1)%' THEN 'boolean'
                /*M!100403 WHEN EXISTS (SELECT 1 FROM information_schema.check_constraints k
                  WHERE k.constraint_schema = c.table_schema AND k.table_name = c.table_name
                  AND k.constraint_name = c.column_name AND k.level = 'Column'
                  AND LOWER(k.check_clause) = CONCAT('json_valid(`', LOWER(c.column_name), '`)')) THEN 'json' */
                ELSE LOWER(c.data_type) END,
              LEAST(c.character_maximum_length, @@max_allowed_packet),
              CASE LOWER(c.data_type) WHEN 'decimal' THEN c.numeric_precision WHEN 'tinyint' THEN 3 WHEN 'smallint' THEN 5
                WHEN 'mediumint' THEN 8 WHEN 'int' THEN 10 WHEN 'bigint' THEN 20 END,
              CASE LOWER(c.data_type) WHEN 'decimal' THEN c.numeric_scale END,
              IF(c.is_nullable = 'YES', 'yes', 'no'),
              IF(c.column_default IS NOT NULL OR c.extra LIKE '%auto_increment%', 'yes', 'no'),
              IF(COALESCE(c.generation_expression, '') <> '', 'yes', 'no'),
              IF(c.privileges LIKE '%insert%', 'yes', 'no'),
              IF(c.privileges LIKE '%update%', 'yes', 'no'),
              IF(c.column_name IN (SELECT MAX(s.column_name) FROM information_schema.statistics s
                  WHERE s.table_schema = c.table_schema AND s.table_name = c.table_name AND s.non_unique = 0
                  GROUP BY s.index_name HAVING COUNT(*) = 1 AND MAX(s.sub_part) IS NULL), 'yes', 'no'),
              IF(c.collation_name LIKE '%\\_ci', 'yes', 'no'),
              IF(LOWER(c.data_type) = 'enum', c.column_type, NULL)
            FROM information_schema.columns c
            WHERE c.table_schema = COALESCE(?, DATABASE()) AND c.table_name = ? ORDER BY c.ordinal_position""";

    /** A table whose engine knows no transactions keeps what was refused. */
    private static final String TRANSACTIONS = """
            SELECT IF(e.transactions = 'YES', 'yes', 'no') FROM information_schema.tables t
            JOIN information_schema.engines e ON e.engine = t.engine
            WHERE t.table_schema = COALESCE(?, DATABASE()) AND t.table_name = ?""";

    private static final String KEYS = """
            SELECT s.index_name, s.column_name, IF(s.nullable = 'YES', 'yes', 'no') FROM information_schema.statistics s
            WHERE s.table_schema = COALESCE(?, DATABASE()) AND s.table_name = ? AND s.non_unique = 0
            AND NOT EXISTS (SELECT 1 FROM information_schema.statistics p WHERE p.table_schema = s.table_schema
              AND p.table_name = s.table_name AND p.index_name = s.index_name
              AND (p.sub_part IS NOT NULL OR p.column_name IS NULL))
            ORDER BY s.index_name, s.seq_in_index""";

    private static final ErrorTable ERRORS = ErrorTable.STANDARD.with(Map.of(
            ErrorClass.DATA, List.of(1048, 1364, 1366, 3140, 3819, 4025),
            ErrorClass.TRANSIENT, List.of(1040, 1053, 1205, 1213, 1290, 1317, 1836, 1969, 3024),
            ErrorClass.QUOTA, List.of(1021, 1041, 1114),
            ErrorClass.AUTH, List.of(1044, 1045)));

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public String title() {
        return "MySQL";
    }

    @Override
    public String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public Optional<String> usualSchema() {
        return Optional.empty();
    }

    /** The server ends a session that idles for twice the time-out, and with it its transaction. */
    @Override
    public Duration zombieWindow() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Map<String, String> properties(Duration timeout) {
        return Map.of(
                "useAffectedRows", "true",
                "useBulkStmts", "false",
                "useServerPrepStmts", "true",
                "permitMysqlScheme", "true",
                "allowMultiQueries", "false",
                "allowLocalInfile", "false",
                "assureReadOnly", "true",
                "connectTimeout", Long.toString(timeout.toMillis()));
    }

    @Override
    public List<String> session(Duration timeout) {
        long seconds = Math.max(1, timeout.toSeconds());
        return List.of("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
                + "ERROR_FOR_DIVISION_BY_ZERO', time_zone = '+00:00', innodb_lock_wait_timeout = "
                + Math.max(1, seconds / 2) + ", wait_timeout = " + 2 * seconds);
    }

    @Override
    public List<String> identity() {
        return List.of(
                "SELECT CONCAT('mysql-', @@server_uuid)",
                "SELECT CONCAT('mariadb-', @@server_uid)",
                "SELECT CONCAT('mariadb-', @@feedback_server_uid)");
    }

    @Override
    public Questions questions() {
        return new Questions(COLUMNS, KEYS, Optional.of(TRANSACTIONS));
    }

    @Override
    public Kind kind(String type, List<String> values) {
        return switch (type) {
            case "boolean" -> Kind.BOOLEAN;
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> Kind.INTEGER;
            case "decimal", "float", "double" -> Kind.NUMBER;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "uuid" -> Kind.TEXT;
            case "json" -> Kind.JSON;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> Kind.BINARY;
            case "enum" -> Kind.ENUM;
            case "date" -> Kind.DATE;
            case "time" -> Kind.TIME;
            case "datetime" -> Kind.TIMESTAMP;
            case "timestamp" -> Kind.INSTANT;
            default -> Kind.OTHER;
        };
    }

    /** Times as text, since the driver would move them between zones. */
    @Override
    public Value parameter(Value typed) {
        return switch (typed) {
            case Value.Bool bool -> new Value.Int(bool.value() ? 1 : 0);
            case Value.Date date -> new Value.Text(date.text());
            case Value.Time time -> new Value.Text(time.text());
            case Value.Timestamp local -> timestamp(local.value());
            case Value.ZonedTimestamp instant -> timestamp(LocalDateTime.ofInstant(instant.value(), ZoneOffset.UTC));
            case Value other -> other;
        };
    }

    private static Value timestamp(LocalDateTime time) {
        return new Value.Text(TIMESTAMP.format(time));
    }

    /** Where another unique key stands against the row, the database would change that key's record: the key is made null then, which fails. */
    @Override
    public String upsert(TableName table, List<String> key, List<Column> columns, boolean plain) {
        List<String> names = Column.names(columns);
        return Text.insert(this, table, Text.with(key, names)) + " ON DUPLICATE KEY UPDATE "
                + Text.each(this, key, "%s = IF(%s <=> VALUES(%s), %s, NULL)", ", ")
                + (names.isEmpty() ? "" : ", " + Text.each(this, names, "%s = VALUES(%s)", ", "));
    }

    @Override
    public boolean created(Result upsert, Optional<Result> before) {
        return upsert instanceof Ran ran && ran.count() == 1;
    }

    /** MySQL takes a text beside JSON for a JSON text, and MariaDB has no such type; what both take out of either is compared as it should be. */
    @Override
    public String same(Column column) {
        String name = quoted(column.name());
        return column.type().equals("json")
                ? "JSON_EXTRACT(" + name + ", '$') <=> JSON_EXTRACT(?, '$')"
                : name + " <=> ?";
    }

    @Override
    public boolean fillsUp(String type) {
        return type.equals("binary");
    }

    @Override
    public ErrorTable errors() {
        return ERRORS;
    }

    @Override
    public boolean isTaken(Refusal refusal) {
        return refusal.vendor() == 1062 || refusal.vendor() == 1586;
    }
}
