package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.store.sqlite.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant I16 through the real routes: from a pause on nothing new is asked of a destination, and nothing is lost by it. */
class KillSwitchTest {

    private static final int ROWS = 4_800;
    /** As many requests may be on their way when a pause falls. */
    private static final int CONCURRENCY = 4;

    private static final Decision BY_ADA = new Decision("ada", "incident", Instant.EPOCH);
    private static final Scope ALL = new Scope.All();
    private static final Scope CRM = new Scope.OnConnection("crm");

    @TempDir
    private Path folder;

    @Test
    void itEndsADeliveryInTheMiddleOutlivesARestartAndLetsTheRestFollow() throws InterruptedException {
        try (TestBed bed = delivering("batch")) {
            until(() -> !bed.sandbox().writes().isEmpty());
            bed.operations().pause(ALL, BY_ADA);
            assertCutShort(bed, requests(bed));
            assertNothingIsAsked(bed);

            bed.service();
            assertNothingIsAsked(bed);
            long before = bed.sandbox().writes().size();
            try (Ledger another = SqliteLedger.open(folder.resolve("state/ledger.db"), InstantSource.system())) {
                another.resume(ALL, BY_ADA);
                until(() -> bed.sandbox().writes().size() > before);
                another.pause(CRM, BY_ADA);
                until(() -> newest(bed).state() == RunState.FAILED);
            }
            assertCutShort(bed, requests(bed));

            bed.operations().resume(CRM, BY_ADA);
            until(() -> newest(bed).state() == RunState.DONE);
            assertThat(newest(bed).trigger()).isEqualTo(Trigger.RECOVERY);
            assertThat(bed.records("Lead")).hasSize(ROWS);
            assertThat(bed.sandbox().writes()).as("each row was sent once").hasSize(ROWS);
            assertThat(bed.operations().audit(9))
                    .extracting(entry -> entry.action() + " " + entry.subject())
                    .containsExactly("resume connection:crm", "pause connection:crm", "resume all", "pause all");
        }
    }

    /** The destination works on; what it did is asked after the resume, by the recovery of a run that did not see its end. */
    @Test
    void aJobUnderWayIsAskedAboutNoMoreUntilTheResume() throws InterruptedException {
        try (TestBed bed = delivering("job")) {
            until(() -> !bed.sandbox().state().jobs().isEmpty());
            bed.operations().pause(CRM, BY_ADA);
            until(() -> newest(bed).state() != RunState.RUNNING);
            long before = requests(bed);
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.RUN_PAUSED);
            assertThat(requests(bed)).isEqualTo(before);

            bed.operations().resume(CRM, BY_ADA);
            until(() -> bed.sandbox().writes().size() == ROWS && newest(bed).state() == RunState.DONE);
            assertThat(bed.records("Lead")).hasSize(ROWS);
            assertThat(bed.sandbox().state().requestsByOperation()).containsKey("bulk.poll");
        }
    }

    /** A service that delivers so many rows in this way, slowly. */
    private TestBed delivering(String strategy) {
        String mapping = SmallLeads.MAPPING.replace("fields:", "  strategy: " + strategy + "\nfields:")
                + "schedule: {every: 1h}\nguardrails: {max_changed: 100%, max_first_sync: 10000}\n";
        TestBed bed = SmallLeads.bed(folder, mapping);
        SmallLeads.model(bed, SmallLeads.many(ROWS, "note"));
        bed.sandbox().latency(Duration.ofMillis(400));
        bed.service();
        return bed;
    }

    /** The newest run ended early, with the outcome of all that was on its way and the rest held. */
    private static void assertCutShort(TestBed bed, long requestsAtThePause) throws InterruptedException {
        until(() -> newest(bed).state() == RunState.FAILED);
        SyncReport cut = bed.last();
        assertThat(cut.error()).contains(Code.RUN_PAUSED.text());
        assertThat(cut.accounting().balances()).isTrue();
        assertThat(cut.accounting().held()).isPositive();
        assertThat(cut.accounting().unknown()).isZero();
        assertThat(bed.operations().runs(Optional.empty(), 9).stream()
                        .mapToLong(run -> run.accounting().accepted())
                        .sum())
                .as("what arrived is on record")
                .isEqualTo(bed.sandbox().writes().size());
        assertThat(requests(bed) - requestsAtThePause)
                .as("requests that were on their way")
                .isLessThanOrEqualTo(CONCURRENCY);
    }

    private static void assertNothingIsAsked(TestBed bed) {
        long before = requests(bed);
        long run = newest(bed).id();
        assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.RUN_PAUSED);
        assertThat(TestBed.refusal(bed::plan)).containsExactly(Code.RUN_PAUSED);
        assertThat(bed.worker().diagnosis().findings())
                .filteredOn(finding -> finding.detail().contains("everything is paused by ada"))
                .extracting(finding -> finding.what() + " " + finding.level())
                .contains("pause of everything " + Level.WARNING, "connection crm " + Level.WARNING);
        assertThat(bed.operations().status().getFirst().paused())
                .extracting(Pause::scope)
                .containsExactly(ALL);
        assertThat(newest(bed).id()).isEqualTo(run);
        assertThat(requests(bed)).isEqualTo(before);
    }

    @Test
    void aPausedMappingCanBePreviewedAndAPausedConnectionCannot() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.operations().pause(TestBed.SCOPE, BY_ADA);
            assertThat(bed.plan().add()).isEqualTo(3);
            assertThat(bed.sandbox().writes()).isEmpty();

            Scope source = new Scope.OnConnection("files");
            bed.operations().pause(source, BY_ADA);
            assertThat(TestBed.refusal(bed::plan)).containsExactly(Code.RUN_PAUSED);
            assertThat(bed.operations().resume(TestBed.SCOPE, BY_ADA).left())
                    .as("what it reads from is paused")
                    .extracting(Pause::scope)
                    .containsExactly(source);
            assertThatThrownBy(() -> bed.operations().pause(new Scope.OnConnection("crn"), BY_ADA))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("did you mean 'crm'?");

            bed.operations().pause(TestBed.SCOPE, BY_ADA);
            Files.delete(folder.resolve("mappings/test.yaml"));
            bed.restart();
            assertThat(bed.operations().resume(TestBed.SCOPE, BY_ADA).lifted())
                    .as("though its file is gone")
                    .isPresent();
            assertThat(TestBed.refusal(() -> bed.operations().resume(TestBed.SCOPE, BY_ADA)))
                    .containsExactly(Code.MAPPING_UNKNOWN);
        }
    }

    /** Before there is a plan there is nothing to hold: the run ends with the reason, and asks nobody. */
    @Test
    void aPauseDuringPlanningEndsTheRunBeforeItsLogIn() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.plan();
            long before = requests(bed);
            for (String step : List.of("open", "read")) {
                assertThat(TestBed.refusal(() -> bed.operations().sync(TestBed.MAPPING, (phase, done, total) -> {
                            if (phase.equals(step)) {
                                bed.operations().pause(CRM, BY_ADA);
                            }
                        })))
                        .as(step)
                        .containsExactly(Code.RUN_PAUSED);
                assertThat(newest(bed).error()).contains(Code.RUN_PAUSED.text());
                bed.operations().resume(CRM, BY_ADA);
            }
            assertThat(requests(bed)).isEqualTo(before);
            assertThat(bed.sync().accounting().accepted()).isEqualTo(3);
        }
    }

    private static long requests(TestBed bed) {
        return bed.sandbox().state().requests();
    }

    private static Run newest(TestBed bed) {
        return bed.operations().runs(Optional.of(TestBed.MAPPING), 1).getFirst();
    }

    private static void until(BooleanSupplier there) throws InterruptedException {
        for (int tries = 0; !there.getAsBoolean(); tries++) {
            assertThat(tries).as("tries").isLessThan(3_000);
            Thread.sleep(20);
        }
    }
}
