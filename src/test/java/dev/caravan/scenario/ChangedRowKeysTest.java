package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a table whose keys change: a table tells no ids, and a blank is part of a key to it. */
class ChangedRowKeysTest {

    @TempDir
    private Path folder;

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("target.duckdb"));
    }

    private TestBed bed(String table, String destination) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE people " + table);
        }
        return new TestBed(folder, SmallLeads.spec())
                .write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          mart: {connector: duckdb, path: target.duckdb}
                        """)
                .write("mappings/test.yaml", """
                        model: {connection: files, path: people.csv, key: id}
                        destination: {connection: mart, object: people, %s}
                        fields: {name: name}
                        guardrails: {max_changed: 100%%, max_removed: 100%%}
                        """.formatted(destination));
    }

    private Map<String, String> rows() throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Connection table = open();
                Statement statement = table.createStatement();
                ResultSet each = statement.executeQuery("SELECT code, name FROM people")) {
            while (each.next()) {
                rows.put(each.getString(1), each.getString(2));
            }
        }
        return rows;
    }

    private static SyncReport spaced(TestBed bed) {
        bed.write("data/people.csv", "id,code,name\n1,\" a\",Ada\n2,b,Bo\n");
        bed.settle();
        bed.write("data/people.csv", "id,code,name\n1,a,Bea\n2,b,Bo\n");
        return bed.settle();
    }

    private static final String PEOPLE = "(code varchar PRIMARY KEY, name varchar NOT NULL)";

    @Test
    void aMirrorTakesOutTheKeyThatHadABlank() throws SQLException {
        try (TestBed bed = bed(PEOPLE, "operation: mirror, key: {code: code}")) {
            spaced(bed);
            bed.settle();
            assertThat(rows()).isEqualTo(Map.of("a", "Bea", "b", "Bo"));
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }

    @Test
    void anUpsertDoesNotMakeASecondRowForABlank() throws SQLException {
        try (TestBed bed = bed(PEOPLE, "operation: upsert, key: {code: code}")) {
            assertThat(spaced(bed).heldBy()).isEqualTo(Map.of("rekeyed", 1L));
            assertThat(rows()).isEqualTo(Map.of(" a", "Ada", "b", "Bo"));
        }
    }

    @Test
    void anUpsertWhoseCompositeKeyChangesIsHeld() throws SQLException {
        String table = "(country varchar, number varchar, name varchar, PRIMARY KEY (country, number))";
        try (TestBed bed = bed(table, "operation: upsert, key: {country: land, number: no}")) {
            bed.write("data/people.csv", "id,land,no,name\n1,AT,1,Ada\n");
            bed.settle();
            bed.write("data/people.csv", "id,land,no,name\n1,DE,1,Ada\n");
            assertThat(bed.settle().heldBy()).isEqualTo(Map.of("rekeyed", 1L));
        }
    }
}
