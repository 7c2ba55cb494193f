package dev.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.text.ReportText;
import dev.caravan.cli.text.RunsText;
import dev.caravan.cli.text.StatusText;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.store.sqlite.SqliteLedger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of runs that nobody is running any more. */
class PastRunsTest {

    @TempDir
    private Path folder;

    @Test
    void aRunWhoseProcessDiedIsNotRunning() {
        try (Ledger ledger = SqliteLedger.open(folder.resolve("ledger.db"), () -> Planned.NOON)) {
            Claim.Granted dead =
                    (Claim.Granted) ledger.claim(Planned.LEADS, Trigger.COMMAND, Optional.empty(), List.of());
            ledger.addRows(dead.lease(), dead.run(), Planned.rows(0, 3));
            ledger.seal(dead.lease(), Planned.plan(Planned.LEADS, dead.run(), "abc", PlanState.OPEN));
            long batch = ledger.begin(dead.lease(), dead.run(), Planned.upsert(0, 1));
            ledger.complete(
                    dead.lease(),
                    batch,
                    List.of(new RowOutcome(0, new Outcome.Accepted("00Q", true)), new RowOutcome(1, unknown())));

            PastRuns past = new PastRuns(ledger, run -> false);
            assertThat(past.newest(Optional.empty(), 9)).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo(RunState.INTERRUPTED);
                assertThat(run.error()).contains("the next run takes up");
                assertThat(run.accounting()).isEqualTo(new Accounting(3, 1, 0, 0, 1, 0));
            });
            SyncReport report = past.report(dead.run());
            assertThat(report.state()).isEqualTo("interrupted");
            assertThat(text(out -> ReportText.print(out, report, false)))
                    .contains("result   1 accepted · 0 rejected · 0 held · 1 unknown · 0 superseded");
        }
    }

    private static Outcome unknown() {
        return new Outcome.Unknown("timeout");
    }

    @Test
    void aRunOfThisProcessIsRunning() {
        try (Ledger ledger = SqliteLedger.open(folder.resolve("ledger.db"), () -> Planned.NOON)) {
            ledger.claim(Planned.LEADS, Trigger.COMMAND, Optional.empty(), List.of());
            assertThat(new PastRuns(ledger, run -> true).newest(Optional.empty(), 9))
                    .extracting(Run::state)
                    .containsExactly(RunState.RUNNING);
        }
    }

    @Test
    void statusSaysWhatTheNewestRunLeft() {
        Accounting books = new Accounting(6, 2, 1, 3, 0, 0);
        assertThat(status(RunState.FAILED, books, 0, 0, unsettled(0, Map.of("busy", 3L))))
                .contains("  failed  ")
                .contains("run 9 failed: why")
                .contains("3 rows held as busy; the next run takes them up");
        assertThat(status(RunState.INTERRUPTED, Accounting.NONE, 0, 0, unsettled(3, Map.of())))
                .contains("  interrupted  ")
                .contains("3 rows had been sent when it was cut off, and nobody answered; caravan sync"
                        + " growth/lead-scores");
        assertThat(status(RunState.DONE, Accounting.NONE, 1_500))
                .contains("  1,500 rows rejected  ")
                .contains("1,500 rows refused by the destination")
                .contains("caravan rejected growth/lead-scores");
        assertThat(status(RunState.DONE, Accounting.NONE, 0)).contains("  ok  ");
    }

    /** Where only a person leads on, nobody is told to wait for a run. */
    @Test
    void statusSaysWhatDecidesAboutKeysInDoubt() {
        Accounting books = new Accounting(4, 0, 0, 4, 0, 0);
        Unsettled unsettled = new Unsettled(
                Optional.of(Samples.NOON), 0, Map.of("unknown", 1L, "found_several", 1L, "zombie_window", 2L), 0);
        String status = status(RunState.DONE, books, 0, 4, unsettled);
        assertThat(status)
                .contains("  4 keys in doubt  ")
                .contains("4 keys in doubt since 2026-03-04T12:00:00Z")
                .contains("2 rows held as ")
                .contains("caravan replay growth/lead-scores --unknown resend|drop|hold")
                .contains("2 rows held as zombie_window since a lost request may still land")
                .doesNotContain("the next run takes them up");
        assertThat(status(RunState.DONE, new Accounting(1, 0, 0, 1, 0, 0), 1, 1, unsettled(0, Map.of("look_up", 1L))))
                .contains("  1 key in doubt, 1 row rejected  ")
                .contains("1 key in doubt: a request left")
                .contains("each run asks again");
    }

    /** Rows are rejected by the destination, a plan by a person. */
    @Test
    void aRejectedPlanIsNotTakenForRejectedRows() {
        Run run = Samples.run(11);
        Run held = new Run(
                run.id(),
                run.mapping(),
                run.epoch(),
                run.trigger(),
                RunState.HELD,
                run.started(),
                run.finished(),
                run.rows(),
                run.invalid(),
                run.added(),
                run.changed(),
                run.removed(),
                run.accounting(),
                run.requests(),
                run.plan(),
                run.verdicts(),
                null,
                "rejected");
        assertThat(text(out -> RunsText.print(out, List.of(held)))).contains("  held, plan rejected  ");
    }

    private static Unsettled unsettled(long unanswered, Map<String, Long> heldBy) {
        return new Unsettled(Optional.empty(), unanswered, heldBy, 0);
    }

    private static String status(RunState state, Accounting books, long standing) {
        return status(state, books, standing, 0, Unsettled.NOTHING);
    }

    private static String status(
            RunState state, Accounting books, long standing, long unresolved, Unsettled unsettled) {
        Run run = new Run(
                9,
                Samples.LEADS,
                1,
                Trigger.SCHEDULE,
                state,
                Samples.NOON,
                Samples.NOON,
                6,
                0,
                6,
                0,
                0,
                books,
                1,
                "abc",
                List.of(),
                state == RunState.DONE ? null : "why");
        MappingStatus status = new MappingStatus(
                Samples.LEADS,
                "",
                "",
                "crm Lead",
                List.of("lead_id"),
                "",
                Optional.of(run),
                Optional.empty(),
                List.of(),
                standing,
                unresolved,
                unsettled,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return text(out -> StatusText.print(out, List.of(status), List.of()));
    }

    private static String text(Consumer<PrintStream> print) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        print.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
