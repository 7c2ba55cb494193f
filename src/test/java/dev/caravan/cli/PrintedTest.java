package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What single commands print for people, beside the reports. */
class PrintedTest {

    @TempDir
    private Path workspace;

    private final Cli cli = new Cli();

    @BeforeEach
    void aWorkspace() throws IOException {
        Files.writeString(workspace.resolve("caravan.yaml"), "connections: {}\n");
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-w", workspace.toString()));
        return cli.run(all.toArray(String[]::new));
    }

    @Test
    void invalidRowsAreListedWithTheirReasonsWhereTheyAreAskedFor() {
        cli.operations.state = "planned";
        assertThat(run("plan", "growth/lead-scores", "--invalid")).isZero();
        assertThat(cli.operations.asked).containsExactly("invalid growth/lead-scores");
        assertThat(cli.out()).isEqualTo("""
            growth/lead-scores  12 of 41,188 rows invalid
            KEY  WHY
            L1   not_null:email, range:score
            ∅    null_key
            … and 10 more
            """);
        assertThat(run("plan", "growth/lead-scores", "--invalid", "--json")).isZero();
        assertThat(cli.json().at("/invalid_rows/0/reasons/1").asText()).isEqualTo("range:score");
    }

    @Test
    void whoIsOutUntilTheNextRunIsSaidByTheRunAndByStatus() {
        String next = "2 rows taken out under former keys or addresses, put in under the present ones by the next run:"
                + " its schedule's, or caravan sync growth/lead-scores\n";
        run("sync", "growth/lead-scores");
        assertThat(cli.out()).contains("  next     " + next);
        run("status");
        assertThat(cli.out()).contains("growth/lead-scores: " + next);
        cli.operations.state = "held";
        run("sync", "growth/lead-scores");
        assertThat(cli.out()).as("nobody was taken out").doesNotContain("next  ");
    }

    @Test
    void aKeyThatIsNotFoundIsToldWhichColumnsItWasLookedForIn() {
        assertThat(run("record", "nobody")).isZero();
        assertThat(cli.out())
                .startsWith("nothing is kept of nobody: nothing was sent for it, or it was forgotten; ")
                .endsWith("KEY is lead_id of the model, not the destination's key, in growth/lead-scores\n");
        run("record", "nobody", "--mapping", "other");
        assertThat(cli.out()).doesNotContain("KEY is");
        run("record", "L1");
        assertThat(cli.out()).doesNotContain("KEY is").doesNotContain("--unmasked");
    }

    @Test
    void whatIsHiddenIsSaidToBe() {
        run("record", "hidden");
        assertThat(cli.out())
                .endsWith("What is private stands as •••, and so do words that may quote it: --unmasked shows it\n");
    }

    @Test
    void theKeyThatTheDestinationKnowsARowByIsSaidWhereItIsAnother() {
        run("record", "elsewhere", "--unmasked");
        assertThat(cli.out()).contains("\n  key      ada@example.com\n").doesNotContain("What is private");
        run("record", "elsewhere");
        assertThat(cli.out()).contains("\n  key      •••\n").contains("What is private stands as •••");
        run("record", "folded");
        assertThat(cli.out()).contains("growth/lead-scores  run 212").doesNotContain("  key ");
    }

    @Test
    void aSyncThatIsDoneNamesTheGuardsThatWereWellInOneLine() {
        run("sync", "growth/lead-scores");
        assertThat(cli.out()).contains("""
              guards
                HELD    max_changed       54.9 % > 30 %
                dropped null_overwrite    Email of 30 rows: 30 values would be cleared
                ok      max_removed
            """);
        run("sync", "growth/lead-scores", "--verbose");
        assertThat(cli.out()).contains("    ok      max_removed       0 % of 10 %\n");
    }

    @Test
    void statusCountsInvalidRowsAndSaysHowToSeeThem() {
        run("status");
        assertThat(cli.out())
                .contains("growth/lead-scores: 12 of 41,188 rows invalid in run 212, and not sent;"
                        + " caravan plan growth/lead-scores --invalid lists them");
    }
}
