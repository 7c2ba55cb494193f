package dev.caravan.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Real data that lies beside a checkout, where it does. Tests that need it say plainly when they are skipped. */
final class Shared {

    private Shared() {}

    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("caravan.shared", "../shared")).resolve(name);
        assumeTrue(Files.isDirectory(folder), () -> "SKIPPED: " + folder.toAbsolutePath() + " is not there");
        return folder;
    }

    /** One column of a CSV file by another, empty cells left out. */
    static Map<String, String> column(Path csv, String key, String column) throws IOException {
        Map<String, String> values = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            rows.forEach(row -> values.put(row.getField(key), row.getField(column)));
        }
        return values;
    }
}
