package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.DuckDbDialect;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB's tables keep the contract of destinations. */
class DuckDbContractTest extends TablesContract {

    @TempDir
    private Path folder;

    /** Keeps the file open: opened for each statement it takes most of the time. */
    private Connection kept;

    @Override
    @BeforeEach
    void makeTable() throws SQLException {
        kept = connect();
        super.makeTable();
    }

    @Override
    @AfterEach
    void close() {
        super.close();
        try {
            kept.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Dialect dialect() {
        return new DuckDbDialect();
    }

    @Override
    Transport open() {
        return new JdbcTransport(DuckDbTest.settings(folder.resolve("d.duckdb"), dialect()), System::nanoTime);
    }

    /** With the settings that the transport has, so that both have one instance of the file. */
    @Override
    Connection connect() throws SQLException {
        Properties same = new Properties();
        same.putAll(dialect().properties(Duration.ofSeconds(10)));
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("d.duckdb"), same);
    }
}
