package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.PostgresDialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcSettings;
import dev.caravan.transport.jdbc.JdbcSettings.Driver;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL, over a real server. */
class PostgresTest extends JdbcContract {

    private final PostgresSettings place = PostgresServer.fresh();

    @Override
    @BeforeEach
    void setUp() throws SQLException {
        run("CREATE SCHEMA " + place.schema());
        super.setUp();
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect(place.schema());
    }

    static JdbcSettings settings(String address, Dialect dialect) {
        return settings(address, dialect, "postgres");
    }

    static JdbcSettings settings(String address, Dialect dialect, String password) {
        return new JdbcSettings(
                address,
                "jdbc:postgresql://" + address,
                () -> "postgres",
                () -> password,
                dialect.properties(Duration.ofSeconds(10)),
                dialect.session(Duration.ofSeconds(10)),
                dialect.identity(),
                Driver.POSTGRESQL,
                4,
                Duration.ofSeconds(10));
    }

    @Override
    Transport open() {
        return new JdbcTransport(settings(place.address(), dialect()), System::nanoTime);
    }

    @Override
    Connection connect() throws SQLException {
        return PostgresServer.connect(place);
    }

    @Override
    List<String> timeTypes() {
        return List.of("timestamptz", "timestamp");
    }

    @Override
    List<String> jsonTypes() {
        return List.of("json", "jsonb");
    }

    @Override
    String bytesType() {
        return "bytea";
    }

    @Override
    String hex(String column) {
        return "upper(encode(" + column + ", 'hex'))";
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
    void typesWithoutWordsOfTheirOwnTakeText() throws SQLException {
        run("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        run("CREATE TABLE odd (k uuid PRIMARY KEY, j jsonb, m mood, i inet, big numeric, raw xml,"
                + " made int GENERATED ALWAYS AS IDENTITY, twice int GENERATED ALWAYS AS (1 + 1) STORED)");
        var schema = schema("odd");
        assertThat(schema.fields().stream().filter(field -> !field.createable()).map(TargetField::name))
                .containsExactly("made", "twice");
        assertThat(schema.field("m").map(TargetField::values)).contains(List.of("sad", "ok"));
        assertThat(schema.field("raw").map(TargetField::kind)).contains(TargetField.Kind.OTHER);
        String id = "8d8ac610-566d-4ef0-9c22-186b2a5ed793";
        var writes = List.of(
                add(id, "j", "{\"b\": 1, \"a\": 2}"),
                add("8d8ac610-566d-4ef0-9c22-186b2a5ed794", "m", "ok"),
                add("8d8ac610-566d-4ef0-9c22-186b2a5ed795", "i", "10.0.0.1"),
                add("8d8ac610-566d-4ef0-9c22-186b2a5ed796", "big", "123456789012345678901234567890.1234567890"),
                add("no uuid", "i", "10.0.0.1"));
        var batch = batch(Action.UPSERT, "odd", "k", schema, writes.toArray(Write[]::new));

        var destination = new JdbcDestination(JdbcSpec.of(dialect()));
        List<Outcome> outcomes = drive(destination.deliver(batch));
        assertThat(outcomes.subList(0, 4)).allMatch(new Outcome.Accepted(null, true)::equals);
        assertThat(outcomes.getLast())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, no -> assertThat(no.code()).isEqualTo("22P02"));
        assertThat(drive(destination.deliver(batch)).subList(0, 4)).allMatch(new Outcome.Unchanged(null)::equals);
        assertThat(table("SELECT big FROM odd WHERE big IS NOT NULL"))
                .containsExactly("123456789012345678901234567890.123456789");
    }

    @Test
    void jsonIsComparedAsItsColumnComparesIt() throws SQLException {
        run("CREATE TABLE trees (k varchar(9) PRIMARY KEY, j json, b jsonb UNIQUE)");
        run("INSERT INTO trees VALUES ('k', '{\"a\" : 1}', '{\"a\" : 1.0}')");
        assertThat(schema("trees").field("b").map(TargetField::key)).contains(false);

        assertThat(trees(change("k", "b", "{\"a\":1}"))).containsExactly(UNCHANGED);
        assertThat(trees(change("k", "j", "{\"a\":1}")))
                .as("json keeps its text, and this is another")
                .containsExactly(CHANGED);
        assertThat(trees(change("k", "j", "{\"a\":1}"), add("k", "j", "{\"a\":1}"), add("k", "b", "{\"a\":1}")))
                .containsExactly(UNCHANGED, UNCHANGED, UNCHANGED);
        assertThat(trees(add("nul", "b", "\"\\u0000\""), add("kept", "j", "\"\\u0000\"")))
                .as("jsonb cannot hold it, json can")
                .satisfiesExactly(
                        no -> assertThat(no)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        rejected -> assertThat(rejected.errorClass())
                                                .isEqualTo(Outcome.ErrorClass.DATA)),
                        yes -> assertThat(yes).isEqualTo(CREATED));
        assertThat(trees(add("kept", "j", "\"\\u0000\""), change("kept", "j", "\"\\u0000\"")))
                .containsExactly(UNCHANGED, UNCHANGED);
    }

    private List<Outcome> trees(Write... writes) {
        return drive(destination.deliver(batch(Action.UPSERT, "trees", "k", schema("trees"), writes)));
    }

    @Test
    void aPartitionedTableTellsWhatWasMadeAsWell() throws SQLException {
        run("CREATE TABLE parts (k int PRIMARY KEY, a int) PARTITION BY RANGE (k)");
        run("CREATE TABLE parts1 PARTITION OF parts FOR VALUES FROM (0) TO (100)");
        run("INSERT INTO parts VALUES (1, 1), (2, 2)");
        var destination = new JdbcDestination(JdbcSpec.of(dialect()));

        assertThat(drive(destination.deliver(batch(
                        Action.UPSERT,
                        "parts",
                        "k",
                        schema("parts"),
                        add("1", "a", 5),
                        add("2", "a", 2),
                        add("3", "a", 3)))))
                .containsExactly(
                        new Outcome.Accepted(null, false),
                        new Outcome.Unchanged(null),
                        new Outcome.Accepted(null, true));
    }

    @Test
    void whatIsNotWrittenIsNotCalledAccepted() throws SQLException {
        run("CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        run("CREATE TRIGGER swallow BEFORE INSERT ON people FOR EACH ROW WHEN (NEW.a = 13) EXECUTE FUNCTION swallow()");
        run("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'");
        run("CREATE TRIGGER refuse BEFORE INSERT ON people FOR EACH ROW WHEN (NEW.a = 14) EXECUTE FUNCTION refuse()");

        assertThat(deliver(Action.UPSERT, add("x", "a", 13), add("y", "a", 14), add("z", "a", 15)))
                .satisfiesExactly(
                        swallowed -> assertThat(swallowed)
                                .isInstanceOfSatisfying(
                                        Outcome.Deferred.class,
                                        later -> assertThat(later.reason()).isEqualTo("not_written")),
                        refused -> assertThat(refused)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        no -> assertThat(no.errorClass()).isEqualTo(Outcome.ErrorClass.POLICY)),
                        written -> assertThat(written).isEqualTo(new Outcome.Accepted(null, true)));
    }

    @Test
    void anIdenticalRowFiresNoTrigger() throws SQLException {
        run("CREATE TABLE fired (k text)");
        run("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO " + place.schema()
                + ".fired VALUES (NEW.k); RETURN NEW; END'");
        run("CREATE TRIGGER note AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION note()");
        run("INSERT INTO people (k, a) VALUES ('same', 1), ('other', 1)");

        deliver(Action.UPSERT, add("same", "a", 1), add("other", "a", 2));
        deliver(Action.UPDATE, change("same", "a", 1));

        assertThat(table("SELECT k FROM fired")).containsExactly("other");
    }

    @Test
    void aConstraintOfTheCommitRefusesAllTogether() throws SQLException {
        run("CREATE TABLE parent (k int PRIMARY KEY)");
        run("ALTER TABLE people ADD FOREIGN KEY (a) REFERENCES parent (k) DEFERRABLE INITIALLY DEFERRED");

        assertThat(deliver(Action.UPSERT, add("x", "a", 1), add("y")))
                .allMatch(outcome -> outcome instanceof Outcome.Rejected no && no.together());
        assertThat(table("SELECT count(*) FROM people")).containsExactly("0");
    }

    @Test
    void aTextWithNulIsRefusedAlone() throws SQLException {
        assertThat(deliver(Action.UPSERT, add("x", "e", "a\0b"), add("y", "e", "ab")))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Outcome.Rejected.class),
                        second -> assertThat(second).isEqualTo(new Outcome.Accepted(null, true)));
    }
}
