package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.RealContract;
import dev.caravan.destination.kit.Talk;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.KeyText;
import dev.caravan.row.Value;
import dev.caravan.transport.Transport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tables keep the contract of destinations, in a real database. */
abstract class TablesContract extends RealContract {

    private JdbcDestination destination;
    private Transport transport;
    private final Map<String, TargetSchema> schemas = new HashMap<>();

    /** The dialect, with tables in a place of the test's own. */
    abstract Dialect dialect();

    /** A transport to it, with a password that must not be seen. */
    abstract Transport open();

    /** The same place, for looking behind the scenes. */
    abstract Connection connect() throws SQLException;

    @BeforeEach
    void makeTable() throws SQLException {
        run("CREATE TABLE events (id varchar(100) PRIMARY KEY, " + FIELD + " varchar(400),"
                + " caravan_dedupe_key varchar(64) UNIQUE)");
        run("CREATE TABLE pairs (id varchar(100), part varchar(50), " + FIELD + " varchar(400),"
                + " caravan_dedupe_key varchar(64) UNIQUE, PRIMARY KEY (id, part))");
        destination = new JdbcDestination(JdbcSpec.of(dialect()));
        transport = open();
        for (String table : List.of("events", "pairs")) {
            Described described = new Talk(this::send).run(destination.describe(table));
            schemas.put(table, ((Described.Schema) described).schema());
        }
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    protected Destination destination() {
        return destination;
    }

    @Override
    protected Transport transport() {
        return transport;
    }

    @Override
    protected List<Case> cases() {
        return Stream.of(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE, Action.APPEND)
                .flatMap(action -> Stream.of(operation(action, "events", "id"), operation(action, "pairs", "part+id")))
                .toList();
    }

    @Override
    protected Batch batch(Case operation, List<Write> writes) {
        TargetSchema schema = Objects.requireNonNull(schemas.get(operation.object()));
        return new Batch(operation.action(), false, operation.object(), operation.key(), schema, writes);
    }

    /** A column of text takes a number that is none as its name; half a character it cannot. */
    @Override
    protected boolean sendable(Value edge) {
        return !edge.text().contains("half");
    }

    @Override
    protected void ready(Case operation, int rows) {
        try {
            run("DELETE FROM " + operation.object());
            if (operation.action() == Action.UPDATE) {
                boolean several = operation.key().isComposite();
                run("INSERT INTO " + operation.object() + " (id, " + FIELD + (several ? ", part" : "") + ") VALUES "
                        + IntStream.range(0, rows)
                                .mapToObj(i -> "('k" + i + "', 'before'" + (several ? ", 'p')" : ")"))
                                .collect(Collectors.joining(", ")));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        if (operation.action() == Action.DELETE) {
            fill(operation(Action.INSERT, operation.object(), operation.keyField()), rows);
        }
    }

    @Override
    protected Map<String, @Nullable String> held(String object) {
        Map<String, @Nullable String> held = new HashMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + object)) {
            while (rows.next()) {
                String id = rows.getString("id");
                String key = object.equals("pairs") ? KeyText.joined(List.of(rows.getString("part"), id)) : id;
                assertThat(held.put(key, rows.getString(FIELD))).isNull();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return held;
    }
}
