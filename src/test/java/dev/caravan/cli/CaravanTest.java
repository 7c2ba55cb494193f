package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.Samples;
import dev.caravan.app.json.ReportJson;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaravanTest {

    @TempDir
    Path workspace;

    private final Cli cli = new Cli();

    @BeforeEach
    void aWorkspace() throws IOException {
        Files.writeString(workspace.resolve("caravan.yaml"), "");
    }

    private int run(String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "-w";
        all[args.length + 1] = workspace.toString();
        return cli.run(all);
    }

    @ParameterizedTest
    @CsvSource({"done, 0", "held, 4", "failed, 1"})
    void theStateOfARunIsTheExitCode(String state, int exit) {
        cli.operations.state = state;
        assertThat(run("sync", "growth/lead-scores", "--json")).isEqualTo(exit);
        assertThat(cli.json())
                .hasToString(ReportJson.write(Samples.report(state)).toString());
        assertThat(cli.closed).isEqualTo(1);
    }

    @Test
    void aReportHasTheNamesThatOthersRelyOn() {
        run("sync", "growth/lead-scores.yaml", "--json");
        assertThat(cli.operations.asked).containsExactly("sync growth/lead-scores");
        JsonNode report = cli.json();
        assertThat(names(report))
                .startsWith(
                        "run",
                        "mapping",
                        "state",
                        "rows",
                        "invalid",
                        "planned",
                        "accepted",
                        "rejected",
                        "held",
                        "unknown",
                        "superseded",
                        "requests",
                        "seconds",
                        "plan",
                        "guards")
                .contains("same", "left", "standing", "invalid_by_reason", "by_field", "samples", "cost", "expires");
        assertThat(report.get("planned")).hasToString("{\"add\":1,\"change\":2,\"remove\":3}");
        assertThat(report.get("guards"))
                .hasToString("[{\"guard\":\"max_changed\",\"verdict\":\"held\",\"detail\":\"54.9 % > 30 %\"},"
                        + "{\"guard\":\"null_overwrite\",\"verdict\":\"dropped\",\"detail\":\"30 values would be"
                        + " cleared\",\"field\":\"Email\",\"rows\":30},"
                        + "{\"guard\":\"max_removed\",\"verdict\":\"allowed\",\"detail\":\"0 % of 10 %\"}]");
    }

    private static List<String> names(JsonNode node) {
        return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
                .toList();
    }

    @Test
    void aHeldPlanShowsWhatACarefulPersonWants() {
        cli.operations.state = "held";
        assertThat(run("sync", "growth/lead-scores")).isEqualTo(4);
        assertThat(cli.out()).isEqualTo("""
            growth/lead-scores  run 212  held
              rows     41,188 read, 12 invalid (duplicate_key 12)
              changes  + 1 added   ~ 2 changed   - 3 removed: delete   = 41,182 same   4 left the model   5 refused before, not planned   5 of them held back
              fields   Lead_Score__c 2
                       ~ L039575  Lead_Score__c 1.44 → 56.8, Grade__c A  [edit]  [held: zombie_window]
              cost     114 requests · collections of 200 rows · today's quota 38,800 → 38,914 of 100,000
              guards
                HELD    max_changed       54.9 % > 30 %
                dropped null_overwrite    Email of 30 rows: 30 values would be cleared
                ok      max_removed       0 % of 10 %
              rejected 1 REQUIRED_FIELD_MISSING (Name) · 2 100
                       100 says: there is�no such list
                       caravan show 212 --rejected lists the keys, caravan record KEY has the whole answer
              took     9 requests, 12 s
              held     waits for approval until 2026-03-05T12:00:00Z
                       caravan approve 3f9a1c2b3f9a   or   caravan reject 3f9a1c2b3f9a
            """);
    }

    @Test
    void whatWasRefusedIsListedWhereItIsAskedFor() {
        assertThat(run("show", "212", "--rejected")).isZero();
        assertThat(cli.out()).isEqualTo("""
            KEY  CODE                    FIELD
            L1   REQUIRED_FIELD_MISSING  Name
            L2   LOCKED                  -
            """);
        run("show", "212", "--rejected", "--json");
        assertThat(cli.json().at("/rejected/1/code").asText()).isEqualTo("LOCKED");
    }

    @Test
    void ofAPlanThatWasDecidedShowSaysByWhomAndWhatCameOfIt() {
        cli.operations.state = "decided";
        assertThat(run("show", "212")).isZero();
        assertThat(cli.out())
                .contains("since    approved by ada at 2026-03-04T12:00:00Z, \"looks right\"; run 213 took it over")
                .doesNotContain("caravan approve");
        run("show", "212", "--json");
        assertThat(cli.json().at("/decision/end").asText()).isEqualTo("approved");
    }

    @Test
    void aPreviewHoldsNothing() {
        cli.operations.state = "held";
        assertThat(run("plan", "growth/lead-scores")).isZero();
    }

    @Test
    void decisionsSayWhoAndWhy() {
        assertThat(run("approve", "3f9a", "--who", "ada", "--why", "looks right", "--json"))
                .isZero();
        assertThat(cli.json().get("accepted").asInt()).isEqualTo(2);
        assertThat(run("reject", "3f9a", "--who", "ada")).isZero();
        assertThat(run("pause", "a", "--who", "ada", "--why", "audit")).isZero();
        assertThat(run("resume", "a")).isZero();
        assertThat(cli.operations.asked)
                .containsExactly(
                        "approve 3f9a by ada because looks right",
                        "reject 3f9a by ada because ",
                        "pause mapping:a by ada because audit",
                        "resume mapping:a by " + System.getProperty("user.name") + " because ");
    }

    @Test
    void resetAsksOnATerminalAndElseWantsYes() {
        assertThat(run("reset", "a")).isEqualTo(2);
        cli.terminal = true;
        cli.stdin = "no\n";
        assertThat(run("reset", "a")).isEqualTo(2);
        assertThat(cli.operations.asked).isEmpty();
        cli.stdin = "yes\n";
        assertThat(run("reset", "a")).isZero();
        assertThat(run("reset", "a", "--yes")).isZero();
        assertThat(cli.operations.asked).hasSize(2).allMatch(order -> order.startsWith("reset a by"));
    }

    @Test
    void recordTellsWhyAValueIsThere() {
        assertThat(run("record", "L1")).isZero();
        assertThat(cli.out()).isEqualTo("""
            2026-03-04T12:00:00Z  growth/lead-scores  run 212  change because of model
              sent     Born__c ∅ → 2001-02-03
              from     born 2001-02-03
              answer   accepted, created as 00Q1 (2026-03-04T12:00:01Z)
              by       mapping version v1, plan 3f9a1c2b3f9a
            """);
        run("record", "L1", "--mapping", "a", "--json");
        assertThat(cli.json().at("/history/0/outcome/remote_id").asText()).isEqualTo("00Q1");
        assertThat(cli.json().at("/history/0/was_created_by_us").asBoolean()).isTrue();
        assertThat(cli.operations.asked).containsExactly("record L1 of all", "record L1 of a");
    }

    @Test
    void listsAreTablesOrObjects() {
        assertThat(run("runs", "a", "--limit", "2")).isZero();
        assertThat(cli.out()).contains("RUN  MAPPING").contains("212  growth/lead-scores");
        run("runs", "--json");
        assertThat(cli.json().get("runs")).hasSize(2);
        assertThat(run("status")).isZero();
        assertThat(cli.out()).contains("broken").contains("caravan approve 3f9a1c2b3f9a");
        run("status", "--json");
        assertThat(cli.json().at("/mappings/0/mapping").asText()).isEqualTo("growth/lead-scores");
        assertThat(run("show", "212", "--json")).isZero();
        assertThat(cli.json().get("run").asInt()).isEqualTo(212);
    }

    @Test
    void failuresHaveTheirExitCodeAndForm() {
        cli.operations.whileRunning = () -> {
            throw new EnvironmentFailure(Problem.of(Code.DESTINATION_UNREACHABLE, "no route", "check the network"));
        };
        assertThat(run("sync", "a", "--json")).isEqualTo(3);
        assertThat(cli.json())
                .hasToString("{\"problems\":[{\"code\":\"destination.unreachable\",\"place\":null,\"message\":\"no"
                        + " route\",\"suggestion\":\"check the network\"}],\"exit\":3}");
        assertThat(run("sync", "a")).isEqualTo(3);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("no route").contains("check the network  [destination.unreachable]");
        cli.operations.whileRunning = () -> {
            throw new RunFailure(Problem.of(Code.RUN_ACCOUNTING, "does not balance", ""));
        };
        assertThat(run("sync", "a")).isEqualTo(1);
        assertThat(cli.closed).isEqualTo(3);
    }

    @Test
    void aDefectShowsItsStackWithoutMessagesAndFails() {
        cli.operations.whileRunning = () -> {
            throw new IllegalStateException(
                    "row ada@example.org", new IllegalArgumentException("token canary-7", new Exception("key L1")));
        };
        assertThat(run("sync", "a", "--json")).isEqualTo(1);
        assertThat(cli.err())
                .contains("IllegalStateException at dev.caravan.cli.CaravanTest")
                .contains("caused by java.lang.IllegalArgumentException")
                .contains("defect in Caravan")
                .doesNotContain("ada@example.org")
                .doesNotContain("canary-7")
                .doesNotContain("L1");
        assertThat(cli.json().get("defect").asText()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void argumentsThatCannotBeReadSuggestOthers() {
        assertThat(cli.run("stats", "--json")).isEqualTo(2);
        assertThat(cli.json().at("/problems/0/code").asText()).isEqualTo("usage");
        assertThat(cli.json().at("/problems/0/suggestion").asText()).contains("status");
        assertThat(cli.run("status", "--jsn")).isEqualTo(2);
        assertThat(cli.err()).contains("--jsn").contains("--json");
        assertThat(cli.run()).isEqualTo(2);
        assertThat(run("sync", "Not A Name")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aFolderWithoutCaravanYamlIsNoWorkspace() throws IOException {
        Files.delete(workspace.resolve("caravan.yaml"));
        assertThat(run("status")).isEqualTo(2);
        assertThat(cli.err()).contains("workspace.missing");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void onlyWhatMayHaveBeenMistypedIsSuggested() {
        assertThat(run("stauts")).isEqualTo(2);
        assertThat(cli.err()).contains("did you mean status?");
        assertThat(run("frob")).isEqualTo(2);
        assertThat(cli.err()).contains("frob").doesNotContain("did you mean");
        assertThat(run("runs", "--limit", "0")).isEqualTo(2);
        assertThat(cli.err()).contains("--limit is 0");
    }

    @Test
    void statusSaysWhichWorkspaceItIs() {
        assertThat(run("status")).isZero();
        assertThat(cli.out()).startsWith("workspace " + workspace);
    }

    @Test
    void doctorFailsOnWhatIsBroken() {
        assertThat(run("doctor")).isZero();
        assertThat(cli.out()).contains("java").contains("ledger");
        cli.findings.add(new Finding("connection crm", Level.BROKEN, "log-in refused"));
        assertThat(run("doctor", "--json")).isEqualTo(3);
        assertThat(cli.json().get("findings"))
                .anySatisfy(finding -> assertThat(finding.get("what").asText()).isEqualTo("connection crm"));
    }

    @Test
    void doctorTellsWrongFromMissing() {
        cli.findings.add(new Finding("books of run 7", Level.WRONG, "recorded: 1; its rows say: 2"));
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(cli.out()).contains("WRONG").doesNotContain("repaired");
        cli.findings.add(new Finding("connection crm", Level.BROKEN, "log-in refused"));
        assertThat(run("doctor")).isEqualTo(3);
    }

    @Test
    void doctorRepairsWhenItIsAskedTo() {
        assertThat(run("doctor", "--repair")).isZero();
        assertThat(cli.out()).contains("repaired").contains("was: 1 outcome behind the ledger");
    }

    @Test
    void forgetAsksOnATerminalAndNamesNoKeyAgain() {
        assertThat(run("forget", "L1")).isEqualTo(2);
        assertThat(cli.operations.asked).isEmpty();
        assertThat(run("forget", "L1", "--yes", "--mapping", "a", "--who", "ada", "--why", "asked to"))
                .isZero();
        assertThat(cli.operations.asked).containsExactly("forget L1 of a by ada because asked to");
        assertThat(cli.out())
                .startsWith(
                        "growth/lead-scores: erased from 3 rows and the snapshot; the books have it as forgotten-0123")
                .contains("adds it again")
                .doesNotContain("L1");
        assertThat(run("forget", "L1", "--yes", "--json")).isZero();
        assertThat(cli.json().at("/forgotten/0/rows").asInt()).isEqualTo(3);
        assertThat(run("forget", "nobody", "--yes")).isZero();
        assertThat(cli.out()).startsWith("nothing is kept of this key;");
    }

    @Test
    void runStaysUntilItIsAskedToEnd() {
        cli.whileStaying = () -> assertThat(cli.closed).isZero();
        assertThat(run("run")).isZero();
        assertThat(cli.err())
                .startsWith("caravan starts in " + workspace)
                .contains("http://127.0.0.1:2/observe/metrics");
        assertThat(cli.closed).isEqualTo(1);
    }

    @Test
    void demoHandsOnItsOption() {
        assertThat(run("demo", "--once")).isZero();
        assertThat(run("demo")).isEqualTo(1);
    }

    @Test
    void validatePrintsEveryProblemAtItsPlace() {
        String bad =
                Path.of("src/test/resources/workspaces/bad").toAbsolutePath().toString();
        assertThat(cli.run("validate", "-w", bad, "--json")).isEqualTo(2);
        assertThat(cli.json().get("problems")).hasSize(30);
        assertThat(cli.json().get("exit").asInt()).isEqualTo(2);
        assertThat(cli.run("validate", "-w", bad)).isEqualTo(2);
        assertThat(cli.out())
                .contains("30 problems; ")
                .contains("caravan.yaml:")
                .contains("^");
        assertThat(cli.opened).isEmpty();
        String good =
                Path.of("src/test/resources/workspaces/good").toAbsolutePath().toString();
        assertThat(cli.run("validate", "-w", good)).as(cli.out()).isZero();
    }

    @Test
    void theSandboxIsWhatSandboxYamlSays() throws IOException {
        Files.writeString(workspace.resolve("sandbox.yaml"), """
            organisation: 00DZz0000000001
            objects:
              Lead:
                fields:
                  Grade__c: {type: picklist, values: [A, B], restricted: true}
            """);
        List<String> seen = new ArrayList<>();
        cli.whileStaying = () -> seen.add(cli.json().get("organisation").asText() + " "
                + cli.json().get("url").asText());
        assertThat(run("sandbox", "--json", "--latency", "5ms")).isZero();
        assertThat(seen).singleElement().asString().startsWith("00DZz0000000001 http://127.0.0.1:");
        Files.writeString(workspace.resolve("sandbox.yaml"), "organisation: nonsense");
        assertThat(run("sandbox")).isEqualTo(2);
        assertThat(run("sandbox", "--latency", "soon")).isEqualTo(2);
    }

    @Test
    void helpAndVersionGoToStdout() {
        assertThat(cli.run("--help")).isZero();
        assertThat(cli.out()).contains("sync").contains("3 environment, 4 held for approval");
        assertThat(cli.run("sync", "--help")).isZero();
        assertThat(cli.run("--version")).isZero();
        assertThat(cli.out()).startsWith("caravan ");
    }
}
