package dev.caravan.scenario.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The model: as many rows as are worth killing a worker for, each of them other in each version. */
final class Rows {

    static final int COUNT = 5_000;

    private Rows() {}

    /** A row as model, snapshot and sandbox have it, comparable by version. */
    record Content(int version, String score) {}

    static Map<String, Content> of(int version) {
        Map<String, Content> rows = new TreeMap<>();
        for (int i = 0; i < COUNT; i++) {
            int hundredths = 1 + (i * 31 + version * 977) % 9_998;
            rows.put(
                    "k%05d".formatted(i),
                    new Content(version, "%d.%02d".formatted(hundredths / 100, hundredths % 100)));
        }
        return rows;
    }

    /** Ids that one side lacks or has otherwise. */
    static List<String> differences(Map<String, Content> one, Map<String, Content> other) {
        return Stream.concat(one.keySet().stream(), other.keySet().stream())
                .distinct()
                .filter(id -> !Objects.equals(one.get(id), other.get(id)))
                .sorted()
                .toList();
    }

    static void write(Path csv, int version) throws IOException {
        List<String> lines = new ArrayList<>(List.of("id,version,score"));
        of(version).forEach((id, row) -> lines.add(id + "," + row.version() + "," + row.score()));
        Files.write(csv, lines);
    }
}
