package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.SyncReport;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
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

/** Bytes and JSON of a warehouse come to tables and files as what they are, through all steps of a run, known by a key of bytes. */
class NestedValuesTest {

    private static final String MAPPING = """
            model: {connection: warehouse, table: things, key: id}
            destination:
              connection: CONNECTION
              object: OBJECT
              operation: mirror
              key: {id: id}
              on_removed: delete
            fields:
              raw: {column: raw, when_empty: clear}
              tree: {column: tree, when_empty: clear}
              again: {column: tree, when_empty: clear}
            guardrails: {max_changed: 100%, max_removed: 100%}
            """;

    private static final String TREE = """
            {"a":[1,null],"n":0.12345678901234567890123,"t":"it's \\\\ é"}""";

    private final PostgresSettings place = PostgresServer.fresh();

    @TempDir
    private Path folder;

    /** The rows that a destination holds: key and bytes as hexadecimal digits, JSON as text. */
    private interface Looking {
        List<String> rows() throws SQLException;
    }

    @Test
    void aTableOfPostgres() throws SQLException {
        postgres();
        try (TestBed bed = bed("table", "things")) {
            follows(
                    bed,
                    () -> rows(
                            PostgresServer.connect(place),
                            "SELECT upper(encode(id, 'hex')), upper(encode(raw, 'hex')), tree, again FROM things ORDER BY 1"));
        }
    }

    @Test
    void aTableOfDuckDb() throws SQLException {
        duckDb("target.duckdb", "CREATE TABLE things (id blob PRIMARY KEY, raw blob, tree json, again varchar)");
        try (TestBed bed = bed("mart", "things")) {
            follows(
                    bed,
                    () -> rows(
                            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("target.duckdb")),
                            "SELECT hex(id), hex(raw), tree, again FROM things ORDER BY 1"));
        }
    }

    @Test
    void aParquetFile() throws SQLException {
        try (TestBed bed = bed("exports", "things.parquet")) {
            follows(
                    bed,
                    () -> rows(
                            DriverManager.getConnection("jdbc:duckdb:"),
                            "SELECT hex(id), hex(raw), tree, again FROM '" + folder.resolve("out/things.parquet")
                                    + "' ORDER BY 1"));
        }
    }

    @Test
    void linesOfJson() throws SQLException, IOException {
        try (TestBed bed = bed("exports", "things.jsonl")) {
            things(bed);
            assertThat(bed.settle().state()).isEqualTo("done");
            assertThat(Files.readAllLines(folder.resolve("out/things.jsonl")))
                    .contains("{\"id\":\"AP8=\",\"raw\":\"APsnXP8=\",\"tree\":" + TREE + ",\"again\":" + TREE + "}")
                    .contains("{\"id\":\"AQ==\",\"raw\":null,\"tree\":null,\"again\":null}");
        }
    }

    @Test
    void cellsOfACsvFile() throws SQLException, IOException {
        try (TestBed bed = bed("exports", "things.csv")) {
            things(bed);
            assertThat(bed.settle().state()).isEqualTo("done");
            String quoted = "\"" + TREE.replace("\"", "\"\"") + "\"";
            assertThat(Files.readAllLines(folder.resolve("out/things.csv")))
                    .contains("AP8=,APsnXP8=," + quoted + "," + quoted)
                    .contains("AQ==,,,");
        }
    }

    @Test
    void textIsNoBytesUnlessItIsDeclared() throws SQLException {
        postgres();
        warehouse("CREATE TABLE things AS SELECT '\\x01'::BLOB AS id, 'AQ==' AS raw, '{no' AS tree");
        try (TestBed bed = bed("table", "things")) {
            assertThatThrownBy(bed::sync)
                    .hasMessageContaining("target.field_type")
                    .hasMessageContaining("things.raw holds bytes")
                    .hasMessageContaining("declare the model's column binary");

            bed.write(
                    "mappings/test.yaml",
                    mapping("table", "things").replace("key: id}", "key: id, columns: {raw: binary}}"));
            bed.restart();
            SyncReport report = bed.settle();
            assertThat(report.invalid()).as(report.toString()).isEqualTo(1);

            change(bed, "UPDATE things SET tree = '{\"b\": 1}'");
            assertThat(bed.settle().state()).isEqualTo("done");
            assertThat(rows(PostgresServer.connect(place), "SELECT encode(raw, 'hex'), tree FROM things"))
                    .containsExactly("01|{\"b\":1}");
        }
    }

    private void follows(TestBed bed, Looking target) throws SQLException {
        things(bed);
        SyncReport first = bed.settle();
        assertThat(first.state()).as(first.toString()).isEqualTo("done");
        String all = "|" + TREE + "|" + TREE;
        assertThat(written(target))
                .containsExactly("00FF|00FB275CFF" + all, "01|null|null|null", "02||{}|{}", "03|03|[]|[]");
        assertThat(bed.sync().requests()).as("nothing changed").isZero();

        change(bed, "UPDATE things SET raw = '\\x00\\xFB\\x27\\x5C\\xFE'::BLOB WHERE id = '\\x00\\xFF'::BLOB");
        assertThat(bed.settle().change()).isEqualTo(1);
        assertThat(written(target).getFirst()).isEqualTo("00FF|00FB275CFE" + all);

        change(bed, "UPDATE things SET tree = ' { } ' WHERE id = '\\x02'::BLOB");
        assertThat(bed.sync().requests()).as("JSON in another writing").isZero();

        change(
                bed,
                "UPDATE things SET raw = NULL, tree = NULL WHERE id = '\\x02'::BLOB;"
                        + "UPDATE things SET tree = '[1]' WHERE id = '\\x01'::BLOB;"
                        + "DELETE FROM things WHERE id = '\\x03'::BLOB");
        SyncReport last = bed.settle();
        assertThat(last.change()).as(last.toString()).isEqualTo(2);
        assertThat(last.remove()).isEqualTo(1);
        assertThat(written(target)).containsExactly("00FF|00FB275CFE" + all, "01|null|[1]|[1]", "02|null|null|null");
        assertThat(bed.sync().requests()).isZero();
    }

    /** PostgreSQL writes jsonb with blanks. */
    private static List<String> written(Looking target) throws SQLException {
        return target.rows().stream()
                .map(row -> row.replace("\": ", "\":").replace(", ", ","))
                .toList();
    }

    private void postgres() throws SQLException {
        PostgresServer.run(place, "CREATE SCHEMA " + place.schema());
        PostgresServer.run(place, "CREATE TABLE things (id bytea PRIMARY KEY, raw bytea, tree json, again jsonb)");
    }

    private void things(TestBed bed) throws SQLException {
        change(
                bed,
                "CREATE TABLE things (id BLOB, raw BLOB, tree JSON);"
                        + "INSERT INTO things VALUES ('\\x00\\xFF'::BLOB, '\\x00\\xFB\\x27\\x5C\\xFF'::BLOB, '"
                        + TREE.replace("'", "''") + "'), ('\\x01'::BLOB, NULL, NULL), ('\\x02'::BLOB, ''::BLOB, '{}'),"
                        + " ('\\x03'::BLOB, '\\x03'::BLOB, '[]')");
    }

    private void change(TestBed bed, String sql) throws SQLException {
        bed.restart();
        warehouse(sql);
    }

    private void warehouse(String sql) throws SQLException {
        duckDb("warehouse.duckdb", sql);
    }

    private void duckDb(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(file));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection place, String query) throws SQLException {
        try (Connection connection = place;
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    cells.add(found.getString(i));
                }
                rows.add(String.join("|", cells));
            }
            return rows;
        }
    }

    private static String mapping(String connection, String object) {
        return MAPPING.replace("CONNECTION", connection).replace("OBJECT", object);
    }

    private TestBed bed(String connection, String object) {
        return new TestBed(folder, SmallLeads.spec())
                .write("caravan.yaml", """
                        connections:
                          warehouse: {connector: duckdb, path: warehouse.duckdb}
                          mart: {connector: duckdb, path: target.duckdb}
                          exports: {connector: files, path: out}
                          table:
                            connector: postgres
                            url: "postgresql://%s"
                            user: postgres
                            password: "{{file:password}}"
                            schema: %s
                        """.formatted(place.address(), place.schema()))
                .write("password", "postgres")
                .write("out/readme.txt", "")
                .write("mappings/test.yaml", mapping(connection, object));
    }
}
