package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.SyncReport;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of databases follow a CSV file through all steps of a run. */
class DatabaseTest {

    private static final String MAPPING = """
            model:
              connection: files
              path: people.csv
              key: id
              columns: {score: decimal}
            destination:
              connection: TARGET
              object: people
              operation: mirror
              key: {id: id}
              on_removed: delete
            fields:
              name: name
              score: {column: score, round: 2}
            guardrails: {max_changed: 100%, max_removed: 100%}
            """;

    private final PostgresSettings place = PostgresServer.fresh();

    @TempDir
    private Path folder;

    @Test
    void aTableOfPostgresMirrorsTheModel() throws SQLException {
        PostgresServer.run(place, "CREATE SCHEMA " + place.schema());
        PostgresServer.run(
                place,
                "CREATE TABLE people (id varchar(20) PRIMARY KEY, name text NOT NULL, score numeric(9, 2));"
                        + "INSERT INTO people VALUES ('foreign', 'not ours', 0)");
        try (TestBed bed = postgresBed()) {
            follows(bed, this::postgres, "foreign|not ours|0.00");
        }
    }

    @Test
    void aTableOfDuckDbMirrorsTheModel() throws SQLException {
        try (Connection connection = duckDb();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE people (id varchar PRIMARY KEY, name varchar NOT NULL, score decimal(9, 2))");
        }
        try (TestBed bed = bed("file", "  file: {connector: duckdb, path: target.duckdb}\n")) {
            follows(bed, this::duckDb);
        }
    }

    @Test
    void rowsAreKnownByAKeyOfSeveralColumns() throws SQLException {
        PostgresServer.run(place, "CREATE SCHEMA " + place.schema());
        PostgresServer.run(
                place,
                "CREATE TABLE people (id varchar(20), name text, score numeric(9, 2), PRIMARY KEY (name, id));"
                        + "INSERT INTO people VALUES ('a', 'Zoe', 0)");
        try (TestBed bed = postgresBed()) {
            bed.write(
                    "mappings/test.yaml",
                    MAPPING.replace("TARGET", "table")
                            .replace("key: id\n", "key: row\n")
                            .replace("key: {id: id}", "key: {id: id, name: name}")
                            .replace("  name: name\n", ""));
            bed.write("data/people.csv", "row,id,name,score\n1,a,Ada,1\n2,a|b,c,2\n3,a,b|c,3\n");
            assertThat(bed.settle().state()).isEqualTo("done");
            assertThat(rows(this::postgres))
                    .containsExactlyInAnyOrder("a|Zoe|0.00", "a|Ada|1.00", "a|b|c|2.00", "a|b|c|3.00");

            bed.write("data/people.csv", "row,id,name,score\n1,a,Bea,1\n3,a,b|c,4\n4,d,Dora,5\n5,d,Dora,6\n");
            assertThat(bed.settle().state()).isEqualTo("done");
            assertThat(bed.sync().state())
                    .as("the row comes back under its new key")
                    .isEqualTo("done");
            assertThat(rows(this::postgres))
                    .as("a row whose key changes is another record; two rows of one record are nobody's")
                    .containsExactlyInAnyOrder("a|Zoe|0.00", "a|Bea|1.00", "a|b|c|4.00");
        }
    }

    @Test
    void columnsThatAreNoKeyTogetherAreRefused() throws SQLException {
        PostgresServer.run(place, "CREATE SCHEMA " + place.schema());
        PostgresServer.run(
                place, "CREATE TABLE people (id varchar(20), name text, score numeric(9, 2), PRIMARY KEY (name, id))");
        try (TestBed bed = postgresBed()) {
            bed.write("data/people.csv", "id,name,score\na,Ada,1\n");
            bed.write(
                    "mappings/test.yaml",
                    MAPPING.replace("TARGET", "table")
                            .replace("key: {id: id}", "key: {id: id, score: score}")
                            .replace("  score: {column: score, round: 2}\n", ""));

            assertThatThrownBy(bed::sync)
                    .hasMessageContaining("target.key")
                    .hasMessageContaining("people.id+score are no key together")
                    .hasMessageContaining("id + name");
            assertThat(rows(this::postgres)).isEmpty();
        }
    }

    private TestBed postgresBed() {
        return bed("table", """
                  table:
                    connector: postgres
                    url: "postgresql://%s"
                    user: postgres
                    password: "{{file:password}}"
                    schema: %s
                """.formatted(place.address(), place.schema())).write("password", "postgres");
    }

    /** Where a table can be looked at. */
    private interface Looking {
        Connection open() throws SQLException;
    }

    private TestBed bed(String connection, String declared) {
        return new TestBed(folder, SmallLeads.spec())
                .write("caravan.yaml", "connections:\n  files: {connector: files, path: data}\n" + declared)
                .write("mappings/test.yaml", MAPPING.replace("TARGET", connection));
    }

    private static void follows(TestBed bed, Looking table, String... others) throws SQLException {
        bed.write("data/people.csv", "id,name,score\na,Ada,1.234\nb,Ben,\nc,Cid,3\n");
        SyncReport first = bed.settle();
        assertThat(first.state()).as(first.toString()).isEqualTo("done");
        assertThat(rows(table)).containsExactlyInAnyOrder(with(others, "a|Ada|1.23", "b|Ben|null", "c|Cid|3.00"));

        assertThat(bed.sync().requests()).as("nothing changed").isZero();

        bed.write("data/people.csv", "id,name,score\na,Ada Lovelace,1.234\nc,Cid,4\nd,Dora,5\n");
        assertThat(bed.settle().state()).isEqualTo("done");
        assertThat(rows(table))
                .containsExactlyInAnyOrder(with(others, "a|Ada Lovelace|1.23", "c|Cid|4.00", "d|Dora|5.00"));
    }

    private static String[] with(String[] others, String... rows) {
        List<String> all = new ArrayList<>(List.of(others));
        all.addAll(List.of(rows));
        return all.toArray(String[]::new);
    }

    private Connection postgres() throws SQLException {
        return PostgresServer.connect(place);
    }

    private Connection duckDb() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("target.duckdb"));
    }

    private static List<String> rows(Looking table) throws SQLException {
        try (Connection connection = table.open();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT id, name, score FROM people")) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1) + "|" + found.getString(2) + "|" + found.getString(3));
            }
            return rows;
        }
    }
}
