package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a connector's README gives to copy can be copied: its connections and mappings together are a workspace. */
class ConnectorPagesTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern INDENTED = Pattern.compile("(?m)(?<=\n\n)((?: {4}.*\n|\n(?= {4}))+)");
    private static final String WAREHOUSE = "  warehouse: {connector: duckdb, path: warehouse.duckdb}\n";

    @TempDir
    private Path workspace;

    static List<Path> pages() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("connectors"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.resolve("README.md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsThereToCopyIsGood(Path page) throws IOException {
        List<String> blocks = blocks(Files.readString(page));
        List<String> connections = blocks.stream()
                .filter(block -> block.startsWith("connections:\n"))
                .toList();
        List<String> mappings = blocks.stream()
                .filter(block -> block.startsWith("model:") || block.startsWith("description:"))
                .toList();
        assertThat(connections).as("a connection to copy").isNotEmpty();
        assertThat(mappings).as("a mapping to copy").isNotEmpty();
        for (String connection : connections) {
            for (String mapping : mappings) {
                Files.writeString(workspace.resolve("caravan.yaml"), connection + WAREHOUSE);
                Files.createDirectories(workspace.resolve("mappings"));
                Files.writeString(workspace.resolve("mappings/copied.yaml"), mapping);
                Cli cli = new Cli();
                assertThat(cli.run("validate", "-w", workspace.toString()))
                        .as(mapping + cli.out() + cli.err())
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysWhatAReaderLooksFor(Path page) throws IOException {
        String text = Files.readString(page);
        assertThat(text).contains("| an answer to a request as a whole | means |", "| the code of a row | means |");
        List<String> headings = text.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring("## ".length()))
                .toList();
        assertThat(headings)
                .as("how it is set up, what nobody has tried, and what the connector says of itself")
                .anyMatch(heading -> heading.matches("Set[- ]up"))
                .anyMatch(heading -> heading.matches("What is (unverified|not verified)|Unverified"))
                .contains("In short");
    }

    private static List<String> blocks(String page) {
        List<String> blocks = new ArrayList<>();
        FENCED.matcher(page).results().forEach(block -> blocks.add(block.group(1)));
        INDENTED.matcher(FENCED.matcher(page).replaceAll(""))
                .results()
                .forEach(block -> blocks.add(block.group(1)
                        .lines()
                        .map(line -> line.isEmpty() ? line : line.substring(4))
                        .collect(Collectors.joining("\n", "", "\n"))));
        return blocks;
    }
}
