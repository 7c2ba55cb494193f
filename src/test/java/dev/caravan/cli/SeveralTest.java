package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that take several mappings. */
class SeveralTest {

    @TempDir
    Path workspace;

    private final Cli cli = new Cli();

    @BeforeEach
    void aWorkspace() throws IOException {
        Files.writeString(workspace.resolve("caravan.yaml"), "");
    }

    private int run(String... args) {
        return cli.run(Stream.concat(Stream.of(args), Stream.of("-w", workspace.toString()))
                .toArray(String[]::new));
    }

    @Test
    void severalMappingsMakeOneObject() {
        cli.operations.state = "held";
        assertThat(run("sync", "a", "no/such", "b", "--json")).isEqualTo(2);
        assertThat(cli.operations.asked).containsExactly("sync a", "sync b");
        assertThat(cli.json().get("reports")).hasSize(2);
        assertThat(cli.json().at("/problems/0/code").asText()).isEqualTo("mapping.unknown");
        assertThat(cli.json().get("exit").asInt()).isEqualTo(2);
    }

    @Test
    void syncWantsNamesOrAll() {
        assertThat(run("sync")).isEqualTo(2);
        assertThat(run("sync", "a", "--all")).isEqualTo(2);
        assertThat(run("sync", "--all")).isEqualTo(2);
        assertThat(cli.operations.asked).as("the one mapping is paused").containsExactly("status");
    }

    @Test
    void plansOfSeveralMappingsToo() {
        cli.operations.state = "held";
        assertThat(run("plan", "a", "b", "--json")).as("nothing waits").isZero();
        assertThat(cli.json().get("reports")).hasSize(2);
        assertThat(run("plan", "--all")).isZero();
        assertThat(run("plan")).isEqualTo(2);
        assertThat(run("plan", "a", "--all")).isEqualTo(2);
        assertThat(run("plan", "--all", "--invalid")).isEqualTo(2);
        assertThat(cli.operations.asked).containsExactly("plan a", "plan b", "status", "plan growth/lead-scores");
    }
}
