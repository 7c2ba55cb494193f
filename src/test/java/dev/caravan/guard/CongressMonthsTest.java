package dev.caravan.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the default guards make of five years of real contacts: they hold the re-formattings and the elections, nothing else. */
class CongressMonthsTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("caravan.shared", "../shared")).resolve("data/congress");

    @Test
    void theDefaultsHoldTheMonthsInWhichTheDataReallyBrokeAndNoOthers() throws IOException {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "SKIPPED: no real data at " + FOLDER + "; -Dcaravan.shared=… says where it is");
        Map<String, List<String>> held = new TreeMap<>();
        Map<String, Map<String, String>> before = Map.of();
        for (Path file : months()) {
            Map<String, Map<String, String>> now = read(file);
            List<Verdict> verdicts = Guards.of(Guardrails.DEFAULT).judge(evidence(before, now));
            assertThat(verdicts).as(file.toString()).noneMatch(Verdict.Dropped.class::isInstance);
            List<String> guards = verdicts.stream()
                    .filter(Verdict.Held.class::isInstance)
                    .map(Verdict::guard)
                    .toList();
            if (!guards.isEmpty()) {
                held.put(file.getFileName().toString().replace(".csv", ""), guards);
            }
            before = now;
        }
        assertThat(held)
                .isEqualTo(Map.of(
                        "2017-08", List.of("max_changed"),
                        "2018-03", List.of("max_changed"),
                        "2019-01", List.of("max_removed", "max_changed", "key_churn"),
                        "2020-09", List.of("max_changed"),
                        "2021-01", List.of("max_removed", "max_changed", "key_churn")));
    }

    private static List<Path> months() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> months = files.filter(
                            file -> file.getFileName().toString().matches("\\d{4}-\\d\\d\\.csv"))
                    .sorted()
                    .toList();
            assertThat(months).hasSize(54);
            return months;
        }
    }

    private static Map<String, Map<String, String>> read(Path file) throws IOException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
            records.forEach(record -> rows.put(record.getField("bioguide_id"), record.getFieldsAsMap()));
        }
        return rows;
    }

    private static Evidence evidence(Map<String, Map<String, String>> before, Map<String, Map<String, String>> now) {
        Facts facts = new Facts();
        facts.firstSync = before.isEmpty();
        facts.live = before.size();
        facts.lastGood = before.isEmpty() ? Optional.empty() : Optional.of((long) before.size());
        facts.rows = now.size();
        facts.added = minus(now.keySet(), before.keySet());
        facts.removed = minus(before.keySet(), now.keySet());
        facts.gone = facts.removed;
        facts.cleared = new TreeMap<>();
        now.forEach((key, row) -> {
            Map<String, String> old = before.get(key);
            if (old != null && !old.equals(row)) {
                facts.changed++;
                old.forEach((column, value) -> {
                    if (!value.isEmpty() && row.get(column).isEmpty()) {
                        facts.cleared.merge(column, 1L, Long::sum);
                    }
                });
            }
        });
        return facts.evidence();
    }

    private static long minus(Set<String> all, Set<String> those) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(those);
        return rest.size();
    }
}
