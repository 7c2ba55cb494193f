package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.TableName;
import java.time.Duration;
import java.util.Optional;

/**
 * What a connection to a database says.
 *
 * @param dedupeColumn the column that keeps the dedupe keys of appended rows, in tables that have it with a unique index
 * @param batchRows rows in a transaction
 * @param timeout for one transaction
 * @param zombieWindow how long a lost commit may still land
 */
public record JdbcSpec(Dialect dialect, String dedupeColumn, int batchRows, Duration timeout, Duration zombieWindow) {

    /** The column's name where a connection gives none. */
    public static final String DEDUPE_COLUMN = "caravan_dedupe_key";

    /** Rows in a transaction where nothing else is said. */
    public static final int BATCH_ROWS = 1_000;

    /** How long a transaction may take where nothing else is said. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What suits most databases. */
    public static JdbcSpec of(Dialect dialect) {
        return new JdbcSpec(dialect, DEDUPE_COLUMN, BATCH_ROWS, TIMEOUT, dialect.zombieWindow());
    }

    Optional<TableName> table(String object) {
        return TableName.of(object, dialect.usualSchema());
    }
}
