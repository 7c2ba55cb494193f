package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code caravan validate} beside a warehouse that is there. */
class ValidateTest {

    @TempDir
    private Path workspace;

    private final Cli cli = new Cli();

    @BeforeEach
    void aWarehouse() throws IOException, SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:" + workspace.resolve("warehouse.duckdb"));
                Statement sql = db.createStatement()) {
            sql.execute("create table customers as select 'C1' as id, 'Ada' as name");
        }
        Files.createDirectories(workspace.resolve("out"));
        Files.createDirectories(workspace.resolve("mappings"));
        write("caravan.yaml", """
                connections:
                  warehouse: {connector: duckdb, path: warehouse.duckdb}
                  out: {connector: files, path: out}
                """);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(workspace.resolve(file), text);
    }

    private void model(String sql) throws IOException {
        write("mappings/people.yaml", """
                model:
                  connection: warehouse
                  key: id
                  sql: %s
                destination: {connection: out, object: people.csv, operation: mirror, key: {id: id}}
                fields: {name: name}
                """.formatted(sql));
    }

    private int run(String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(more, 0, all, 3, more.length);
        all[0] = "validate";
        all[1] = "-w";
        all[2] = workspace.toString();
        return cli.run(all);
    }

    @Test
    void aMisspeltTableIsPointedAtWhereverTheSqlStands() throws IOException {
        for (String sql : new String[] {"select id, name from customer", "\"select id, name from customer\""}) {
            model(sql);
            assertThat(run()).isEqualTo(2);
            int column = 8 + sql.indexOf("customer");
            assertThat(cli.out()).contains("mappings/people.yaml:4:" + column).contains("did you mean 'customers'?");
        }
        model("|\n    select id, name\n    from customer");
        assertThat(run()).isEqualTo(2);
        assertThat(cli.out()).contains("mappings/people.yaml:6:10");
    }
}
