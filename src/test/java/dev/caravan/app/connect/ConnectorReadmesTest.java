package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.load.ConnectorReader;
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

/** The README of each connector holds what its connector.yaml or its code says. -Dcaravan.page=write writes that part anew. */
class ConnectorReadmesTest {

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("connectors"))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void saysWhatTheConnectorSays(Path folder) throws IOException {
        Path page = folder.resolve("README.md");
        String wanted = ReadmeBlock.within(Files.readString(page), facts(folder));
        if (System.getProperty("caravan.page", "").equals("write")) {
            Files.writeString(page, wanted);
        }
        assertThat(Files.readString(page))
                .as("made anew by running this test with -Dcaravan.page=write")
                .isEqualTo(wanted);
    }

    private static ConnectorFacts facts(Path folder) throws IOException {
        String name = String.valueOf(folder.getFileName());
        Path file = folder.resolve(DeclaredConnectors.FILE);
        if (!Files.exists(file)) {
            return CodedConnectors.all().get(name).facts();
        }
        YamlSource source = YamlSource.of(file.toString(), Files.readString(file), "");
        return DeclaredFacts.of(
                ConnectorReader.text(source, name).spec().orElseThrow(),
                YamlReader.read(source, new Findings()).orElseThrow());
    }
}
