package dev.caravan.connector.declared.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.Problem;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The format can say APIs of many kinds: each of these has a trap of its own. */
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
                "webhook"
            })
    void isRead(String name) {
        LoadedConnector loaded = ConnectorReader.folder(WORKSPACE, WORKSPACE.resolve("connectors/" + name));

        assertThat(loaded.problems()).extracting(Problem::oneLine).isEmpty();
        assertThat(loaded.spec().orElseThrow().name()).isEqualTo(name);
    }
}
