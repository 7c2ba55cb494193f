package dev.caravan.simulation.fake;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows that lie in a snapshot, as lists that two kinds of snapshot can be compared by. */
final class SnapshotFiles {

    private static final String ROWS = """
            SELECT r.key, r.remote_id, r.created_by_us, r.live, r.dirty, r.row_hash IS NULL, d.definition,
                r.withheld IS NULL, r.last_run
            FROM "rows" AS r LEFT JOIN definitions AS d ON d.id = r.definition ORDER BY r.key""";

    private SnapshotFiles() {}

    static List<List<@Nullable Object>> of(MemoryEngine.Disk disk) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Objects.requireNonNull(disk.snapshots.get(EngineScenario.ID))
                .rows()
                .forEach((key, row) -> rows.add(Arrays.asList(
                        key,
                        row.remoteId(),
                        row.createdByUs(),
                        row.live(),
                        row.dirty(),
                        row.rowHash() == null,
                        row.definition(),
                        row.withheld().isEmpty(),
                        row.run())));
        return rows;
    }

    static List<List<@Nullable Object>> of(Path file) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROWS)) {
            while (row.next()) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    cells.add(row.getObject(i));
                }
                rows.add(cells);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
