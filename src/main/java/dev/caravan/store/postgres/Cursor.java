package dev.caravan.store.postgres;

import dev.caravan.store.sql.db.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Rows as they are asked for, some thousand from the server at a time. Holds a connection until the stream is closed. */
final class Cursor<T> extends Spliterators.AbstractSpliterator<T> {

    private static final int FETCH = 2_000;

    private final Connection connection;
    private final ResultSet rows;
    private final Sql.Mapper<T> mapper;
    private final String address;

    private Cursor(Connection connection, ResultSet rows, Sql.Mapper<T> mapper, String address) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.connection = connection;
        this.rows = rows;
        this.mapper = mapper;
        this.address = address;
    }

    static <T> Stream<T> open(
            DataSource source, String address, Sql.Mapper<T> mapper, String query, @Nullable Object... parameters) {
        try {
            Connection connection = source.getConnection();
            boolean opened = false;
            try {
                // The driver fetches bit by bit in a transaction alone, and this one may wait for whoever takes the
                // rows.
                connection.setAutoCommit(false);
                Sql sql = new Sql(connection, new PostgresDialect());
                sql.run("SET LOCAL idle_in_transaction_session_timeout = 0");
                Cursor<T> cursor = new Cursor<>(connection, sql.cursor(FETCH, query, parameters), mapper, address);
                opened = true;
                return StreamSupport.stream(cursor, false).onClose(cursor::close);
            } finally {
                if (!opened) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.of(e, address);
        }
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        try {
            if (!rows.next()) {
                return false;
            }
            action.accept(mapper.map(rows));
            return true;
        } catch (SQLException e) {
            throw PostgresFailure.of(e, address);
        }
    }

    private void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw PostgresFailure.of(e, address);
        }
    }
}
