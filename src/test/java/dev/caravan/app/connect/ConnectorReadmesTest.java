package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

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
        String wanted = wanted(folder, Files.readString(page));
        if (System.getProperty("caravan.page", "").equals("write")) {
            Files.writeString(page, wanted);
        }
        assertThat(Files.readString(page))
                .as("made anew by running this test with -Dcaravan.page=write")
                .isEqualTo(wanted);
    }

    private static String wanted(Path folder, String page) throws IOException {
        String name = String.valueOf(folder.getFileName());
        Path file = folder.resolve(DeclaredConnectors.FILE);
        if (!Files.exists(file)) {
            return ReadmeBlock.within(page, CodedConnectors.all().get(name).facts());
        }
        ConnectorPage made = ConnectorPage.of(file.toString(), Files.readString(file), name, page);
        assertThat(made.problems()).isEmpty();
        return made.text();
    }
}
