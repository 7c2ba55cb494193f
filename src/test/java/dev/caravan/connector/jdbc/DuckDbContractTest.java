package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.DuckDbDialect;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB's tables keep the contract of destinations. */
class DuckDbContractTest extends TablesContract {

    @TempDir
    private Path folder;

    @Override
    Dialect dialect() {
        return new DuckDbDialect();
    }

    @Override
    Transport open() {
        return new JdbcTransport(DuckDbTest.settings(folder.resolve("d.duckdb"), dialect()), System::nanoTime);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("d.duckdb"));
    }
}
