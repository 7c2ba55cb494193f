package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Samples;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseTest {

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
    void theKillSwitchHasThreeScopes() {
        assertThat(run("pause", "--all", "--why", "a wrong price list")).isZero();
        assertThat(cli.out()).isEqualTo("everything is paused; caravan resume --all lets it run again\n");
        assertThat(run("pause", "--connection", "crm", "--json")).isZero();
        assertThat(cli.json()).hasToString("{\"scope\":\"connection:crm\",\"state\":\"paused\"}");
        assertThat(run("pause", "--mapping", "a/b.yaml")).isZero();
        assertThat(cli.operations.asked)
                .extracting(asked -> asked.substring(0, asked.indexOf(" by ")))
                .containsExactly("pause all", "pause connection:crm", "pause mapping:a/b");
        assertThat(run("pause")).isEqualTo(2);
        assertThat(run("pause", "a", "--all")).isEqualTo(2);
        assertThat(run("resume", "--connection", "crm", "--mapping", "a")).isEqualTo(2);
        assertThat(run("pause", "--connection", "C R M", "--json")).isEqualTo(2);
        assertThat(cli.json().at("/problems/0/code").asText()).isEqualTo("connection.unknown");
        assertThat(run("pause", "no/such")).isEqualTo(2);
    }

    /** A scheduler that runs all of them is not told that all is well while an incident lasts. */
    @Test
    void whereAllArePausedSyncAllSaysByWhom() {
        assertThat(run("sync", "--all")).isEqualTo(2);
        assertThat(cli.err())
                .contains("growth/lead-scores is paused by ada since 2026-03-04T12:00:00Z: looks right")
                .contains("caravan resume growth/lead-scores")
                .contains("[run.paused]");
        assertThat(run("sync", "--all", "--json")).isEqualTo(2);
        assertThat(cli.json().at("/problems/0/code").asText()).isEqualTo("run.paused");
        assertThat(cli.operations.asked).containsOnly("status");
    }

    @Test
    void aPauseThatChangesNothingAndAResumeThatLeavesAnotherSaySo() {
        cli.operations.pauses.add(new Pause(new Scope.All(), Samples.decision()));
        assertThat(run("pause", "--all")).isZero();
        assertThat(cli.out()).isEqualTo("""
                nothing changed: everything is paused by ada since 2026-03-04T12:00:00Z: looks right; \
                caravan resume --all lets it run again
                """);
        assertThat(run("resume", "a")).isZero();
        assertThat(cli.out()).isEqualTo("""
                a was not paused, but:
                  everything is paused by ada since 2026-03-04T12:00:00Z: looks right; caravan resume --all
                """);
        run("resume", "a", "--json");
        assertThat(cli.json().get("state").asText()).isEqualTo("paused");
        assertThat(cli.json().at("/left/0/scope").asText()).isEqualTo("all");
        assertThat(run("status")).isZero();
        assertThat(cli.out())
                .contains(
                        "everything is paused by ada since 2026-03-04T12:00:00Z: looks right; caravan resume --all\n");
        run("status", "--json");
        assertThat(cli.json().at("/pauses/0/scope").asText()).isEqualTo("all");
        assertThat(cli.json().at("/mappings/0/paused/0/scope").asText()).isEqualTo("mapping:growth/lead-scores");
        assertThat(run("resume", "--all")).isZero();
        assertThat(cli.out()).isEqualTo("the pause of everything is lifted; it may run\n");
    }
}
