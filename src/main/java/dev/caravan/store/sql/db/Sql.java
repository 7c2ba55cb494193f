package dev.caravan.store.sql.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements. One thread at a time. */
public final class Sql implements AutoCloseable {

    /** Makes a value of the row the cursor stands on. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private static final int MOST_NUMBERS = 1_024;

    private final Connection connection;
    private final Dialect dialect;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    public Sql(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Runs statements without parameters or results; several may be joined by semicolons. */
    public void run(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        }
    }

    /** The rows changed. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return bind(prepared(sql), parameters).executeUpdate();
    }

    /** Runs one statement for many parameter lists. */
    public int updateAll(String sql, List<@Nullable Object[]> rows) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (@Nullable Object[] row : rows) {
            bind(statement, row).addBatch();
        }
        return statement.executeBatch().length;
    }

    public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        try (ResultSet row = bind(prepared(sql), parameters).executeQuery()) {
            return row.next() ? Optional.of(mapper.map(row)) : Optional.empty();
        }
    }

    public <T> List<T> all(String sql, Mapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet row = bind(prepared(sql), parameters).executeQuery()) {
            while (row.next()) {
                found.add(mapper.map(row));
            }
        }
        return found;
    }

    /**
     * The rows that any of these numbers finds, in no order: {@code (#)} in the text stands for the list, after all other parameters.
     * Few texts do for lists of any length, so that few statements are prepared.
     */
    public <T> List<T> anyOf(String sql, Mapper<T> mapper, List<Long> numbers, @Nullable Object... parameters)
            throws SQLException {
        List<T> found = new ArrayList<>(numbers.size());
        eachPart(sql, numbers, parameters, (statement, values) -> found.addAll(all(statement, mapper, values)));
        return found;
    }

    /** The rows changed of all that any of these numbers finds, as for {@link #anyOf}. */
    public int updateAnyOf(String sql, List<Long> numbers, @Nullable Object... parameters) throws SQLException {
        int[] changed = {0};
        eachPart(sql, numbers, parameters, (statement, values) -> changed[0] += update(statement, values));
        return changed[0];
    }

    /** Takes one statement with its parameters. */
    @FunctionalInterface
    private interface Part {
        void on(String statement, @Nullable Object[] parameters) throws SQLException;
    }

    private static void eachPart(String sql, List<Long> numbers, @Nullable Object[] parameters, Part part)
            throws SQLException {
        for (int from = 0; from < numbers.size(); from += MOST_NUMBERS) {
            List<Long> some = numbers.subList(from, Math.min(from + MOST_NUMBERS, numbers.size()));
            int places = Integer.highestOneBit(2 * some.size() - 1);
            @Nullable Object[] all = Arrays.copyOf(parameters, parameters.length + places);
            for (int i = 0; i < places; i++) {
                all[parameters.length + i] = some.get(Math.min(i, some.size() - 1));
            }
            part.on(sql.replace("(#)", "(?" + ", ?".repeat(places - 1) + ")"), all);
        }
    }

    /** One number; 0 where there is none. */
    public long number(String sql, @Nullable Object... parameters) throws SQLException {
        return first(sql, row -> row.getLong(1), parameters).orElse(0L);
    }

    /** The same number, from a row that stays locked until the transaction ends. */
    public long lockedNumber(String sql, @Nullable Object... parameters) throws SQLException {
        return number(dialect.locking(sql), parameters);
    }

    /** Keeps other writers off a table until the transaction ends. */
    public void lockTable(String table) throws SQLException {
        String statement = dialect.lockingTable(table);
        if (!statement.isEmpty()) {
            run(statement);
        }
    }

    /**
     * A cursor that the caller closes together with its statement.
     *
     * @param fetch how many rows to ask a server for at a time; 0 for what the driver thinks right
     */
    public ResultSet cursor(int fetch, String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(dialect.statement(sql));
        statement.setFetchSize(fetch);
        statement.closeOnCompletion();
        return bind(statement, parameters).executeQuery();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Microseconds since 1970, as instants are stored. */
    public static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getLong(column));
    }

    public static @Nullable String text(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(dialect.statement(sql));
            statements.put(sql, known);
        }
        return known;
    }

    private static PreparedStatement bind(PreparedStatement statement, @Nullable Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case null -> statement.setObject(i + 1, null);
                case Instant instant -> statement.setLong(i + 1, micros(instant));
                case Enum<?> word -> statement.setString(i + 1, word.name());
                case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case Object other -> statement.setString(i + 1, other.toString());
            }
        }
        return statement;
    }
}
