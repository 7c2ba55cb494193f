package dev.caravan.engine.duckdb.db;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** One connection to the instance, with its own temporary tables. For one thread. */
public final class Db implements AutoCloseable {

    /** The catalog and schema of this connection's temporary tables, so that no other table of the name is met. */
    public static final String TEMP = "temp.main.";

    private final DuckDBConnection connection;
    private final ReadWriteLock databases;

    /** The lock is the instance's: who lists what is attached shares it, who attaches or detaches has it alone. */
    Db(DuckDBConnection connection, ReadWriteLock databases) {
        this.connection = connection;
        this.databases = databases;
    }

    /** Reads one value from the current row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }

    /** How an attached file is held. */
    public enum Access {
        READ_ONLY(" (READ_ONLY)"),
        READ_WRITE("");

        private final String option;

        Access(String option) {
            this.option = option;
        }
    }

    /** What fails where only SQL can. */
    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws SQLException;
    }

    private static <T> T holding(Lock lock, Asking<T> asking) throws SQLException {
        lock.lock();
        try {
            return asking.ask();
        } finally {
            lock.unlock();
        }
    }

    /** Attaches a file to the whole instance. An instance holds a file once. */
    public void attach(Path file, String alias, Access access) throws SQLException {
        String sql = "ATTACH " + Sql.text(file.toString()) + " AS " + Sql.name(alias) + access.option;
        holding(databases.writeLock(), () -> {
            run(sql);
            return alias;
        });
    }

    /** Takes an attached file from the instance, so that it can be attached again at once. */
    public void detach(String alias) throws SQLException {
        holding(databases.writeLock(), () -> {
            run("DETACH " + Sql.name(alias));
            return alias;
        });
    }

    /**
     * All rows of a query over DuckDB's own tables, which looks into each attached database and keeps it in use until it ends: a file
     * that is detached meanwhile cannot be attached again.
     */
    public <T> List<T> catalog(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        return holding(databases.readLock(), () -> list(sql, reader, parameters));
    }

    /** Executes a statement. */
    public void run(String sql, @Nullable Object... parameters) throws SQLException {
        if (parameters.length == 0) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
            return;
        }
        try (PreparedStatement statement = bound(sql, parameters)) {
            statement.execute();
        }
    }

    /** All rows of a query; for results that are small. */
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = bound(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    /** The first row of a query, if it has one. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        return list(sql, reader, parameters).stream().findFirst();
    }

    /** The only number of a query. */
    public long number(String sql, @Nullable Object... parameters) throws SQLException {
        return first(sql, row -> row.getLong(1), parameters).orElse(0L);
    }

    /** Bulk rows into a temporary table of this connection. Must be closed before the table is read. */
    public DuckDBAppender appender(String temporaryTable) throws SQLException {
        return connection.createAppender("temp", "main", temporaryTable);
    }

    /** Does the work in one transaction, which is rolled back if it throws anything. */
    public void inTransaction(Work work) throws SQLException {
        run("BEGIN TRANSACTION");
        boolean done = false;
        try {
            work.run();
            run("COMMIT");
            done = true;
        } finally {
            if (!done) {
                abandon();
            }
        }
    }

    /** What failed first is what people must see; a failed rollback leaves nothing behind that COMMIT would keep. */
    private void abandon() {
        try {
            run("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            Failures.ignored("rollback", alreadyRolledBack);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException nothingLeftToClose) {
            Failures.ignored("close", nothingLeftToClose);
        }
    }
}
