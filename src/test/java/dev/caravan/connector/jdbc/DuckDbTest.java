package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.DuckDbDialect;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcSettings;
import dev.caravan.transport.jdbc.JdbcSettings.Driver;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB, in this process. */
class DuckDbTest extends JdbcContract {

    @TempDir
    private Path folder;

    @Override
    Dialect dialect() {
        return new DuckDbDialect();
    }

    static JdbcSettings settings(Path file, Dialect dialect) {
        return new JdbcSettings(
                "duckdb-test",
                "jdbc:duckdb:" + file,
                () -> "",
                () -> "",
                dialect.properties(Duration.ofSeconds(10)),
                dialect.session(Duration.ofSeconds(10)),
                dialect.identity(),
                Driver.DUCKDB,
                1,
                Duration.ofSeconds(10));
    }

    @Override
    Transport open() {
        return new JdbcTransport(settings(folder.resolve("d.duckdb"), dialect()), System::nanoTime);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("d.duckdb"));
    }

    @Override
    List<String> timeTypes() {
        return List.of("timestamptz", "timestamp");
    }

    @Override
    Outcome rewritten() {
        return new Outcome.Accepted(null, false);
    }

    @Override
    String bytesType() {
        return "blob";
    }

    /** It knows no lengths. */
    @Override
    boolean lengthsCount() {
        return false;
    }

    @Override
    void notNull(String table, String column, String type) throws SQLException {
        run("ALTER TABLE " + table + " ALTER COLUMN " + column + " SET NOT NULL");
    }

    @Override
    Instant instant(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    @Test
    void aFileThatIsOpenElsewhereIsTriedLater() throws SQLException {
        try (Connection warehouse = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = warehouse.createStatement();
                Transport transport = open()) {
            statement.execute("ATTACH '" + folder.resolve("d.duckdb") + "' AS w (READ_ONLY)");

            assertThat(transport.login())
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.detail()).contains("open"));
            statement.execute("DETACH w");
            assertThat(transport.login()).isInstanceOf(Reply.Answer.class);
        }
    }
}
