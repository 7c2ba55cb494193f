package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.engine.duckdb.read.SourceConnection;
import dev.caravan.mapping.Mapping;
import dev.caravan.model.FileFormat;
import dev.caravan.row.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real histories, where they are at hand: months of legislators and weeks of scored leads. */
class RealDataTest {

    @TempDir
    Path folder;

    private static Path shared(String name) {
        Path data = Path.of(System.getProperty("caravan.shared", "../shared"))
                .resolve("data")
                .resolve(name);
        boolean present = Files.isDirectory(data);
        if (!present) {
            System.out.println("SKIPPED: no real data at " + data + "; set -Dcaravan.shared");
        }
        assumeTrue(present, "no real data at " + data);
        return data;
    }

    @Test
    void theMonthsOfCongressDifferAsTheirIndexSays() throws IOException {
        Path data = shared("congress");
        List<String> header = List.of(
                Files.readAllLines(data.resolve("2017-01.csv")).getFirst().split(",", -1));
        List<String> fields = header.subList(1, header.size());
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try (Workbench bench = new Workbench(folder)) {
            Mapping mapping = Mappings.csv(fields.toArray(String[]::new))
                    .key("bioguide_id")
                    .build();
            for (String line : Files.readAllLines(data.resolve("INDEX.csv")).stream()
                    .skip(1)
                    .toList()) {
                String[] cells = line.split(",", -1);
                bench.file("model.csv", Files.readString(data.resolve(cells[0] + ".csv")));
                Found month = bench.sync(mapping);
                found.add(String.join(
                        ",",
                        cells[0],
                        String.valueOf(month.check().rows()),
                        String.valueOf(month.counts().added()),
                        String.valueOf(month.counts().candidates()),
                        String.valueOf(month.counts().gone())));
                expected.add(String.join(",", cells[0], cells[3], cells[4], cells[5], cells[6]));
            }
            assertThat(bench.plan(mapping).changes()).isEmpty();
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void theWeeksOfLeadsAreReadInPlaceWithTheirTypes() {
        Path data = shared("leads");
        DuckDbSettings settings = new DuckDbSettings(
                "512MB",
                2,
                folder.resolve("tmp"),
                folder.resolve("snapshots"),
                java.util.Map.of("files", new SourceConnection.FilesFolder(data)));
        try (DuckDbEngine engine = DuckDbEngine.start(settings)) {
            Mapping mapping = Mappings.file("scored_week1.csv", FileFormat.CSV, "lead_score", "grade", "age")
                    .key("lead_id")
                    .column("lead_score", ValueType.DECIMAL)
                    .column("age", ValueType.INTEGER)
                    .build();
            try (var session = engine.open(mapping, dev.caravan.row.RowKey.Equality.EXACT)) {
                assertThat(session.read()).isEqualTo(41_188);
                assertThat(session.check().invalid()).isZero();
                assertThat(session.diff().added()).isEqualTo(41_188);
            }
        }
    }
}
