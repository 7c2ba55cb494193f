package dev.caravan.connector.declared.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README of each declared connector holds what its connector.yaml says. -Dcaravan.page=write writes that part anew. */
class ConnectorReadmesTest {

    private static final String FROM = "<!-- made from connector.yaml -->\n";
    private static final String TO = "<!-- /made -->\n";

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("connectors"))) {
            return folders.filter(each -> Files.exists(each.resolve("connector.yaml")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void saysWhatTheFileSays(Path folder) throws IOException {
        Path page = folder.resolve("README.md");
        String found = Files.readString(page);
        String wanted = around(found, block(folder));
        if (System.getProperty("caravan.page", "").equals("write")) {
            Files.writeString(page, wanted);
        }
        assertThat(Files.readString(page))
                .as("made anew by running this test with -Dcaravan.page=write")
                .isEqualTo(wanted);
    }

    /** At the end, where the page has none yet. */
    private static String around(String page, String block) {
        int from = page.indexOf(FROM);
        int to = page.indexOf(TO);
        String before = from < 0 ? page.stripTrailing() + "\n\n" : page.substring(0, from);
        String after = to < 0 ? "" : page.substring(to + TO.length());
        return before + FROM + block + TO + after;
    }

    private static String block(Path folder) throws IOException {
        Path file = folder.resolve("connector.yaml");
        YamlSource source = YamlSource.of(file.toString(), Files.readString(file), "");
        String name = String.valueOf(folder.getFileName());
        return ReadmeBlock.of(
                ConnectorReader.text(source, name).spec().orElseThrow(),
                YamlReader.read(source, new Findings()).orElseThrow());
    }
}
