package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands because it was refused, and how a person has it planned again, on the command line. */
class ReplayTest {

    @TempDir
    Path workspace;

    private final Cli cli = new Cli();

    @BeforeEach
    void aWorkspace() throws IOException {
        Files.writeString(workspace.resolve("caravan.yaml"), "");
    }

    @Test
    void rejectedCountsByReasonAndListsTheKeys() {
        assertThat(run("rejected", "a", "--limit", "2")).isZero();
        assertThat(cli.operations.asked).containsExactly("rejected a 2");
        assertThat(cli.out())
                .startsWith("ROWS  CODE             FIELD\n2     DUPLICATE_VALUE  Email\n1     LOCKED           -\n")
                .contains("growth/lead-scores  L2   LOCKED           -      212")
                .contains("… and 1 more")
                .contains("2 keys in doubt: a request left and nobody answered\n")
                .contains("growth/lead-scores  L3   add   211  2026-03-04T12:00:00Z  resend");
        assertThat(run("rejected", "--json")).isZero();
        assertThat(cli.json().at("/rejected/1/key").asText()).isEqualTo("L2");
        assertThat(cli.json().at("/reasons/0/rows").asInt()).isEqualTo(2);
        assertThat(cli.json().at("/doubtful/0/word").asText()).isEqualTo("resend");
        assertThat(run("rejected", "--limit", "0")).isEqualTo(2);
    }

    @Test
    void replaySaysHowManyAndNamesNoKey() {
        assertThat(run("replay", "a", "--who", "ada", "--why", "put right")).isZero();
        assertThat(cli.out()).startsWith("a: 2 rejections lifted; the next run plans");
        assertThat(run("replay", "a", "--key", "L9", "--key", "L1", "--unknown", "drop", "--who", "ada"))
                .isZero();
        assertThat(cli.out())
                .startsWith("a: 2 inserts in doubt to be taken as arrived; the next run")
                .contains("1 key that was named is none of these")
                .doesNotContain("L9");
        assertThat(run("replay", "a", "--unknown", "maybe")).isEqualTo(2);
        assertThat(run("replay")).isEqualTo(2);
        assertThat(run("replay", "a", "--json")).isZero();
        assertThat(cli.json().at("/rows").asInt()).isEqualTo(2);
        assertThat(cli.operations.asked.subList(0, 2))
                .containsExactly("replay a [] by ada because put right", "replay a [L1, L9] DROP by ada because ");
    }

    private int run(String... args) {
        return cli.run(Stream.concat(Stream.of(args), Stream.of("-w", workspace.toString()))
                .toArray(String[]::new));
    }
}
