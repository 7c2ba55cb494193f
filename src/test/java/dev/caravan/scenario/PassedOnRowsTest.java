package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that one row gives up and another one gets, at destinations in Java. */
class PassedOnRowsTest {

    @TempDir
    private Path folder;

    @Test
    void aLeadThatIsLockedKeepsItsValues() {
        String mapping = """
                model: {connection: files, path: leads.csv, key: id}
                destination: {connection: crm, object: Lead, operation: upsert, key: {Id__c: code}, on_removed: nothing}
                fields: {LastName: name, Company: {constant: Acme}}
                guardrails: {max_changed: 100%}
                """;
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            bed.write("data/leads.csv", "id,code,name\n1,a,Ada\n");
            bed.settle();
            bed.sandbox()
                    .faults()
                    .add(new Fault(
                            "locked",
                            "PATCH",
                            Pattern.compile("/composite/sobjects$"),
                            null,
                            null,
                            0,
                            3,
                            new FaultAction.Lock(1)));
            bed.write("data/leads.csv", "id,code,name\n1,new,Ada\n3,a,Eve\n");
            assertThat(bed.settle().heldBy()).containsEntry("key_not_left", 1L);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("a", "Ada"));

            for (int run = 0; run < 2; run++) {
                bed.pass(Duration.ofMinutes(30));
                bed.settle();
            }
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("a", "Eve", "new", "Ada"));
        }
    }

    /** A table has no ids: the mirror takes the old key out, which must not be the new row's by then. */
    @Test
    void aMirrorDoesNotTakeOutWhatAnotherRowHasGot() throws SQLException {
        try (Connection table = open();
                Statement statement = table.createStatement()) {
            statement.execute("CREATE TABLE people (code varchar PRIMARY KEY, name varchar NOT NULL)");
        }
        try (TestBed bed = new TestBed(folder, SmallLeads.spec())
                .write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          mart: {connector: duckdb, path: target.duckdb}
                        """)
                .write("mappings/test.yaml", """
                        model: {connection: files, path: people.csv, key: id}
                        destination: {connection: mart, object: people, operation: mirror, key: {code: code}}
                        fields: {name: name}
                        guardrails: {max_changed: 100%, max_removed: 100%}
                        """)) {
            bed.write("data/people.csv", "id,code,name\n1,a,Ada\n2,b,Bo\n");
            bed.settle();
            bed.write("data/people.csv", "id,code,name\n1,new,Ada\n2,b,Bo\n3,a,Eve\n");
            SyncReport first = bed.settle();
            assertThat(first.accounting().accepted()).isEqualTo(1);
            assertThat(first.heldBy()).isEqualTo(Map.of("key_not_left", 1L));
            bed.settle();
            assertThat(rows()).isEqualTo(Map.of("a", "Eve", "b", "Bo", "new", "Ada"));
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("target.duckdb"));
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
}
