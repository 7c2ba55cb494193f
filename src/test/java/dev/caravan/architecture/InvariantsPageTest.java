package dev.caravan.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of invariants names tests that are there, or says what is still missing. */
class InvariantsPageTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|Contract))`");

    @Test
    void everyInvariantNamesATestThatIsThereOrSaysWhatIsMissing() throws IOException {
        List<String[]> rows;
        try (Stream<String> lines = Files.lines(Path.of("docs/invariants.md"))) {
            rows = lines.filter(line -> line.matches("\\| I\\d+ .*"))
                    .map(line -> line.split(" \\| "))
                    .toList();
        }
        Set<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            there = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }

        assertThat(rows.stream().map(row -> row[0].substring(2).strip()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 21).mapToObj(i -> "I" + i).toList());
        assertThat(rows).allSatisfy(row -> {
            List<String> tests =
                    NAME.matcher(row[4]).results().map(match -> match.group(1)).toList();
            assertThat(there).as(row[0]).containsAll(tests);
            assertThat(!tests.isEmpty() || row[4].contains("*later: "))
                    .as("%s names no test", row[0])
                    .isTrue();
        });
    }
}
