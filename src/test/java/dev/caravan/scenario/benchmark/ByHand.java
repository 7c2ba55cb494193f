package dev.caravan.scenario.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What somebody who knows DuckDB would type to find out that nothing changed: a snapshot of keys and hashes, a full join, a look for
 * repeated keys, and the contract's checks in one query. Each counts; nothing else leaves the engine.
 */
final class ByHand implements AutoCloseable {

    private static final String HASH = "hash(lead_id, last_name, company, email, score, grade)";

    private final Connection connection;
    private final Path parquet;
    private final Path snapshot;
    private final String key;

    /**
     * A session of its own with the worker's limits.
     *
     * @param key SQL for what the destination compares keys by
     */
    ByHand(Path parquet, Path snapshot, String key, String memory, int threads) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        this.parquet = parquet;
        this.snapshot = snapshot;
        this.key = key;
        run("SET memory_limit = '" + memory + "'");
        run("SET threads = " + threads);
    }

    /** What the destination is taken to hold from now on. */
    void remember() throws SQLException {
        run("ATTACH '" + snapshot + "' AS s");
        run("CREATE OR REPLACE TABLE s.rows AS SELECT " + key + " AS key, " + HASH + " AS hash FROM '" + parquet + "'");
        run("DETACH s");
    }

    /** The diff and the checks; fails if they find anything. */
    void check() throws SQLException {
        run("ATTACH '" + snapshot + "' AS s (READ_ONLY)");
        none(
                3,
                "SELECT count(*) FILTER (WHERE k.key IS NULL), count(*) FILTER (WHERE m.key IS NULL),"
                        + " count(*) FILTER (WHERE m.hash <> k.hash) FROM (SELECT " + key + " AS key, " + HASH
                        + " AS hash FROM '" + parquet
                        + "') m FULL JOIN s.rows k ON m.key = k.key WHERE m.hash IS DISTINCT FROM k.hash");
        none(1, "SELECT count(*) FROM (SELECT " + key + " FROM '" + parquet + "' GROUP BY 1 HAVING count(*) > 1)");
        none(
                4,
                "SELECT count(*) FILTER (WHERE lead_id IS NULL),"
                        + " count(*) FILTER (WHERE last_name IS NULL OR company IS NULL OR score IS NULL),"
                        + " count(*) FILTER (WHERE NOT score BETWEEN 0 AND 1),"
                        + " count(*) FILTER (WHERE grade NOT IN ('A', 'B', 'C', 'D')),"
                        + " max(scored_at) FROM '" + parquet + "'");
        run("DETACH s");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void none(int counts, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            for (int i = 1; i <= counts; i++) {
                assertThat(row.getLong(i)).as("%s, column %d", sql, i).isZero();
            }
        }
    }

    /** The worker's columns made with a seed: as many rows, in no order of their keys. */
    static void generate(Path parquet, long rows, long seed) throws SQLException {
        String sql = "COPY (SELECT KEY AS lead_id, 'Name ' || (hash(i + SEED) % 90000) AS last_name,"
                + " 'Company ' || (hash(i, SEED) % 20000) AS company, 'user' || i || '@example.com' AS email,"
                + " round((hash(i * 3 + SEED) % 10000) / 10000.0, 4)::DOUBLE AS score,"
                + " ['A', 'B', 'C', 'D'][1 + (hash(i * 5 + SEED) % 4)::INTEGER] AS grade,"
                + " 'model-' || (i % 3) AS model_version,"
                + " TIMESTAMP '2026-01-01' + INTERVAL (i % 100000) SECOND AS scored_at"
                + " FROM range(ROWS) r(i) ORDER BY hash(i * 7 + SEED)) TO '" + parquet
                + "' (FORMAT parquet, COMPRESSION zstd)";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("KEY", "'L-' || lpad(i::VARCHAR, 8, '0')")
                    .replace("SEED", Long.toString(seed))
                    .replace("ROWS", Long.toString(rows)));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
