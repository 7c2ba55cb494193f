package dev.caravan.scenario.kill.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.scenario.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A file, published as a whole with each batch; one batch at a time. But of CSV, rows are known by two columns. */
record ExportFile(String file, String operation, Course course) implements Place {

    private static final ObjectMapper JSON = new ObjectMapper();

    static ExportFile csv() {
        return new ExportFile("people.csv", "mirror", Course.MIRROR);
    }

    static ExportFile jsonLines() {
        return new ExportFile("people.jsonl", "upsert", Course.CHANGES);
    }

    static ExportFile parquet() {
        return new ExportFile("people.parquet", "mirror", Course.MIRROR);
    }

    /** Class B: each row carries its event's key. */
    static ExportFile events() {
        return new ExportFile("events.csv", "append", Course.EVENTS);
    }

    @Override
    public String name() {
        return file + ", " + operation;
    }

    @Override
    public int rows() {
        return 3_000;
    }

    @Override
    public int batches() {
        return 1;
    }

    @Override
    public long onTheirWay() {
        return 100_000;
    }

    @Override
    public String connector() {
        return "files";
    }

    @Override
    public String connection(TestBed bed) throws IOException {
        Files.createDirectories(folder(bed));
        return "path: out";
    }

    private static Path folder(TestBed bed) {
        return bed.folder().resolve("out");
    }

    @Override
    public String mapping() {
        return """
                destination: {connection: there, object: %s, operation: %s, key: %s}
                fields: {value: value}
                """.formatted(file, operation, file.endsWith(".csv") ? "{id: id}" : "{id: id, email: email}");
    }

    @Override
    public Map<String, String> held(TestBed bed) throws IOException, SQLException {
        Path there = folder(bed).resolve(file);
        Held held = new Held();
        if (file.endsWith(".parquet")) {
            parquet(there, held);
        } else {
            List<String> lines = Files.readAllLines(there);
            for (String line : file.endsWith(".csv") ? lines.subList(1, lines.size()) : lines) {
                if (file.endsWith(".csv")) {
                    String[] cells = line.split(",", -1);
                    held.put(cells[0], cells[1]);
                } else {
                    JsonNode row = JSON.readTree(line);
                    held.put(row.path("id").asText(), row.path("value").asText());
                }
            }
        }
        return held.values();
    }

    private static void parquet(Path there, Held held) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, value FROM read_parquet('" + there + "')")) {
            while (row.next()) {
                held.put(row.getString(1), row.getString(2));
            }
        }
    }

    @Override
    public List<Crash> crashes() {
        return List.of(
                Crash.at("rename-data:before", 1),
                Crash.at("rename-data:after", 1),
                Crash.at("write-manifest:half", 2),
                Crash.at("rename-manifest:after", 2),
                Crash.at("force-data:before", 1),
                Crash.soonAfter("send:left", 1));
    }

    @Override
    public Looking looking(TestBed bed) {
        return new ManifestReader(folder(bed), file);
    }
}
