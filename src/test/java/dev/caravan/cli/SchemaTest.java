package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.yaml.shape.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code caravan schema}. */
class SchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final Cli cli = new Cli();

    @Test
    void oneIsPrinted() throws IOException {
        assertThat(cli.run("schema", "mapping")).isZero();
        JsonNode schema = JSON.readTree(cli.out());
        JsonNode bare = JSON.readTree("{\"model\": \"people\"}");
        assertThat(Schemas.of(schema).validate(bare).toString()).contains("destination");
    }

    @Test
    void connectionsMayBeOnConnectorsOfTheWorkspace() throws IOException {
        Path own = Files.createDirectories(folder.resolve("connectors/spot"));
        Files.writeString(folder.resolve("caravan.yaml"), "connections: {}\n");
        Files.copy(Path.of("src/test/resources/connectors/spot/connector.yaml"), own.resolve("connector.yaml"));
        assertThat(cli.run("schema", "caravan", "-w", folder.toString())).isZero();
        assertThat(JSON.readTree(cli.out()).at("/definitions").has("connection_spot"))
                .isTrue();
    }

    @Test
    void allAreWritten() throws IOException {
        assertThat(cli.run("schema", "--into", folder.resolve("s").toString())).isZero();
        try (Stream<Path> files = Files.list(folder.resolve("s"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "caravan.schema.json",
                            "mapping.schema.json",
                            "model.schema.json",
                            "sandbox.schema.json",
                            "connector.schema.json",
                            "example.schema.json");
        }
    }

    @Test
    void anotherKindIsRefused() {
        assertThat(cli.run("schema", "maping")).isEqualTo(Exit.INVALID);
        assertThat(cli.err()).contains("did you mean 'mapping'?");
    }
}
