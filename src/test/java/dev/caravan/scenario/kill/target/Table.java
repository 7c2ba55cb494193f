package dev.caravan.scenario.kill.target;

import dev.caravan.scenario.TestBed;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * A table of a real PostgreSQL server: a thousand rows a transaction, four transactions at once.
 *
 * @param columns what it has beside {@code value}
 */
record Table(String name, String operation, Course course, boolean inDoubt, String columns, PostgresSettings settings)
        implements Place {

    private static final String KEYED = "id varchar(40) PRIMARY KEY";

    static Table upsert() {
        return new Table("a table, upsert", "upsert", Course.CHANGES, false, KEYED, PostgresServer.fresh());
    }

    static Table mirror() {
        return new Table("a table, mirror", "mirror", Course.MIRROR, false, KEYED, PostgresServer.fresh());
    }

    /** Class B: a second row of the same event is refused. Nothing else is unique. */
    static Table append() {
        return new Table(
                "a table, append",
                "append",
                Course.EVENTS,
                false,
                "id varchar(40), caravan_dedupe_key varchar(64) UNIQUE",
                PostgresServer.fresh());
    }

    /** Class E: nothing at all is unique. */
    static Table plainAppend() {
        return new Table(
                "a plain table, append", "append", Course.EVENTS, true, "id varchar(40)", PostgresServer.fresh());
    }

    @Override
    public int rows() {
        return 4_500;
    }

    @Override
    public int batches() {
        return 5;
    }

    @Override
    public long onTheirWay() {
        return 4_000;
    }

    @Override
    public String connector() {
        return "postgres";
    }

    @Override
    public String connection(TestBed bed) throws SQLException {
        PostgresServer.run(settings, "CREATE SCHEMA " + settings.schema());
        PostgresServer.run(settings, "CREATE TABLE killed (" + columns + ", value text NOT NULL)");
        bed.write("secrets/password", "postgres");
        return """
                url: "postgresql://%s"
                user: postgres
                password: "{{file:secrets/password}}"
                schema: %s
                """.formatted(settings.address(), settings.schema());
    }

    @Override
    public String mapping() {
        return """
                destination: {connection: there, object: killed, operation: %s, key: {id: id}}
                fields: {value: value}
                """.formatted(operation);
    }

    @Override
    public Map<String, String> held(TestBed bed) throws SQLException {
        Held held = new Held();
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, value FROM killed")) {
            while (row.next()) {
                held.put(row.getString(1), row.getString(2));
            }
        }
        return held.values();
    }

    @Override
    public List<Crash> crashes() {
        return List.of(
                Crash.at("commit:before", batches()),
                Crash.soonAfter("commit:left", batches()),
                Crash.at("commit:after", batches()));
    }
}
