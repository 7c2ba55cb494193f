package dev.caravan.connector.declared.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.example.ExampleBook;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The format can say APIs of many kinds: each of these has a trap of its own, and its examples speak it. */
class OtherConnectorsTest {

    private static final Path WORKSPACE = Path.of("src/test/resources/declared");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiktok",
                "linkedin",
                "attio",
                "iterable",
                "klaviyo",
                "customerio",
                "pipedrive",
                "slack",
                "mailchimp",
                "dynamics365"
            })
    void isSpoken(String name) throws IOException {
        ExampleBook book = ExampleBook.play(WORKSPACE, folder(name));

        assertThat(book.problems()).extracting(Problem::oneLine).isEmpty();
        assertThat(book.played())
                .allSatisfy(example ->
                        assertThat(example.differences()).as(example.file()).isEmpty());
        assertThat(outcomes(name))
                .anyMatch(line -> line.contains("accepted"))
                .anyMatch(line -> line.contains("rejected"));
    }

    @Test
    void theWebhookOfTheTestsIsRead() {
        LoadedConnector loaded = ConnectorReader.folder(WORKSPACE, folder("webhook"));

        assertThat(loaded.problems()).extracting(Problem::oneLine).isEmpty();
        assertThat(loaded.spec().orElseThrow().name()).isEqualTo("webhook");
    }

    private static Path folder(String name) {
        return WORKSPACE.resolve("connectors/" + name);
    }

    /** What the examples say becomes of their rows, a line each. */
    private static List<String> outcomes(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder(name).resolve("exchanges"))) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines.stream().filter(line -> line.startsWith("outcomes:")).toList();
    }
}
