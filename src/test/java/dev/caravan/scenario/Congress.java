package dev.caravan.scenario;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The members of the Congress at the end of each month of five years, each as all its columns are.
 *
 * @param columns those beside the key
 */
record Congress(Path folder, List<NamedCsvRecord> months, List<String> columns) {

    static final String KEY = "bioguide_id";

    /** The test is skipped where they are not there. */
    static Congress members() throws IOException {
        Path folder = Shared.folder("data/congress");
        List<NamedCsvRecord> months = read(folder.resolve("INDEX.csv"));
        List<String> columns =
                read(folder.resolve(months.getFirst().getField("month") + ".csv")).getFirst().getHeader().stream()
                        .filter(column -> !column.equals(KEY))
                        .toList();
        return new Congress(folder, months, columns);
    }

    /** Puts a month where a model reads. */
    void copy(String month, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(file(month), to, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A month's rows by key. */
    Map<String, Map<String, String>> rows(String month) throws IOException {
        return rows(file(month));
    }

    /** A file's rows by key, each with its key; none of them twice. */
    static Map<String, Map<String, String>> rows(Path csv) throws IOException {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (NamedCsvRecord row : read(csv)) {
            put(rows, row.getFieldsAsMap());
        }
        return rows;
    }

    /** One more row, of which there must be none yet. */
    static void put(Map<String, Map<String, String>> rows, Map<String, String> row) {
        Map<String, String> before = rows.put(row.getOrDefault(KEY, ""), new TreeMap<>(row));
        if (before != null) {
            throw new AssertionError("two rows " + row.get(KEY));
        }
    }

    private Path file(String month) {
        return folder.resolve(month + ".csv");
    }

    private static List<NamedCsvRecord> read(Path csv) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            return rows.stream().toList();
        }
    }
}
