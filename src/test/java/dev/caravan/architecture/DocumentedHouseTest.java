package dev.caravan.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.architecture.House.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table that people read is the table that the rules use. */
class DocumentedHouseTest {

    private static final Pattern CODE = Pattern.compile("`([a-z.*]+)`");

    @Test
    void theDocumentedTableIsTheOneInUse() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && CODE.matcher(cells[2]).find()) {
                documented.put(names(cells[2]).iterator().next(), names(cells[4]));
            }
        }

        Map<String, Set<String>> used = new TreeMap<>();
        for (Room room : House.ROOMS) {
            used.merge(
                    room.name().replaceFirst("^(connector|engine)\\.(?!declared|duckdb\\.db).*", "$1.*"),
                    room.siblings(),
                    (one, other) -> {
                        Set<String> both = new HashSet<>(one);
                        both.addAll(other);
                        return both;
                    });
        }
        assertThat(documented).as("docs/architecture.md against House").isEqualTo(used);
    }

    private static Set<String> names(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
