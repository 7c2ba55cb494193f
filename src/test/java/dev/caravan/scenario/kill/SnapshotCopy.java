package dev.caravan.scenario.kill;

import dev.caravan.scenario.kill.Rows.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a snapshot claims, read from a copy, so that the file itself stays as the killed worker left it. */
final class SnapshotCopy {

    private SnapshotCopy() {}

    /** Rows by id that the snapshot says the destination holds; none if it was never made. */
    static Map<String, Content> claims(Path snapshots, Path scratch) throws IOException, SQLException {
        Path copy = scratch.resolve("copy.duckdb");
        Files.deleteIfExists(copy);
        Files.deleteIfExists(scratch.resolve("copy.duckdb.wal"));
        for (Path file : files(snapshots)) {
            boolean log = file.toString().endsWith(".wal");
            Files.copy(file, log ? scratch.resolve("copy.duckdb.wal") : copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.exists(copy) ? read(copy) : Map.of();
    }

    private static List<Path> files(Path snapshots) throws IOException {
        if (!Files.isDirectory(snapshots)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(snapshots)) {
            return all.filter(file -> file.toString().endsWith(".duckdb")
                            || file.toString().endsWith(".duckdb.wal"))
                    .toList();
        }
    }

    private static Map<String, Content> read(Path copy) throws SQLException {
        Map<String, Content> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
                Statement statement = connection.createStatement()) {
            Map<String, String> columns = columns(statement);
            if (!columns.keySet().containsAll(List.of("id", "version", "score"))) {
                return Map.of();
            }
            try (ResultSet row = statement.executeQuery("SELECT " + columns.get("id") + ", " + columns.get("version")
                    + ", " + columns.get("score") + " FROM rows WHERE live AND NOT dirty AND definition IS NOT NULL")) {
                while (row.next()) {
                    rows.put(
                            row.getString(1),
                            new Content(
                                    row.getInt(2),
                                    row.getBigDecimal(3).setScale(2).toPlainString()));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> columns(Statement statement) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (ResultSet tables =
                statement.executeQuery("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'columns'")) {
            tables.next();
            if (tables.getInt(1) == 0) {
                return Map.of();
            }
        }
        try (ResultSet row = statement.executeQuery("SELECT name, physical FROM columns")) {
            while (row.next()) {
                columns.put(row.getString(1), row.getString(2));
            }
        }
        return columns;
    }
}
