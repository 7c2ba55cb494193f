package dev.caravan.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that people look a code up in has every code once, with a meaning and something to do. */
class ProblemsPageTest {

    @Test
    void everyCodeIsExplained() throws IOException {
        List<String[]> rows;
        try (Stream<String> lines = Files.lines(Path.of("docs/problems.md"))) {
            rows = lines.filter(line -> line.startsWith("| `"))
                    .map(line -> line.split(" ?\\| ?"))
                    .toList();
        }
        assertThat(rows.stream().map(row -> row[1].replace("`", "")))
                .containsExactlyElementsOf(
                        Stream.of(Code.values()).map(Code::text).toList());
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(4));
        assertThat(rows).allSatisfy(row -> assertThat(row[2] + row[3]).hasSizeGreaterThan(10));
    }
}
