package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.fault.FaultAction.ExpireTokens;
import dev.caravan.sandbox.fault.FaultAction.Lock;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import dev.caravan.sandbox.fault.FaultAction.Reset;
import dev.caravan.sandbox.fault.FaultAction.Respond;
import dev.caravan.sandbox.fault.FaultAction.Truncate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a destination does, the books balance, and once the trouble is over the next run ends where it should. */
class TroubleTest {

    private static final String FREELY = "guardrails: {max_changed: 100%, max_first_sync: 10000}\n";
    /** Three batches of Collections. */
    private static final int ROWS = 450;

    private static final String WRITES = "composite/sobjects";
    private static final Respond BUSY = new Respond(429, Map.of("Retry-After", "7"), "");
    private static final Respond DOWN = new Respond(503, Map.of(), "<html>maintenance</html>");

    @TempDir
    private Path folder;

    @Test
    void everyPassingTroubleEndsInTheSameRecords() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + FREELY)) {
            int number = 0;
            for (Map.Entry<String, Fault> trouble : troubles().entrySet()) {
                String note = "note " + number++;
                SmallLeads.model(bed, SmallLeads.many(ROWS, note));
                bed.sandbox().faults().clear();
                bed.sandbox().faults().add(trouble.getValue().on(null, WRITES));
                SyncReport first = bed.sync();
                assertThat(bed.sandbox().faults().list())
                        .as(trouble.getKey())
                        .allSatisfy(status -> assertThat(status.fired()).isPositive());
                assertThat(first.accounting().planned()).as(trouble.getKey()).isEqualTo(ROWS);
                assertThat(first.accounting().balances())
                        .as("%s: %s", trouble.getKey(), first.accounting())
                        .isTrue();
                bed.sandbox().faults().clear();
                assertConverged(bed, note, trouble.getKey());
            }
        }
    }

    private static Map<String, Fault> troubles() {
        Map<String, Fault> troubles = new LinkedHashMap<>();
        troubles.put("answer lost while adding", Fault.once(new LoseAnswer()).after(1));
        troubles.put("token expired", Fault.once(new ExpireTokens()).after(1));
        troubles.put("busy", Fault.once(BUSY).after(1));
        troubles.put("busy for long", Fault.once(BUSY).times(20));
        troubles.put("down once", Fault.once(DOWN));
        troubles.put("down for long", Fault.once(DOWN).times(Fault.ALWAYS));
        troubles.put("answer lost", Fault.once(new LoseAnswer()).times(2));
        troubles.put("all answers lost", Fault.once(new LoseAnswer()).times(Fault.ALWAYS));
        troubles.put("connection reset", Fault.once(new Reset()).times(2));
        troubles.put("half an answer", Fault.once(new Truncate()).times(2));
        troubles.put("some rows locked", Fault.once(new Lock(3)).times(2));
        troubles.put("all rows locked", Fault.once(new Lock(1)).times(Fault.ALWAYS));
        return troubles;
    }

    private static void assertConverged(TestBed bed, String note, String trouble) {
        bed.time().pass(Duration.ofMinutes(10));
        SyncReport report = bed.sync();
        assertThat(report.state()).as("%s: %s", trouble, report).isEqualTo("done");
        assertThat(report.accounting().accepted())
                .as(trouble)
                .isEqualTo(report.accounting().planned());
        assertThat(SmallLeads.inSandbox(bed, "Note__c"))
                .as(trouble)
                .hasSize(ROWS)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo(note));
        assertThat(bed.sync().requests()).as(trouble).isZero();
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.sandbox().faults().add(Fault.once(BUSY).on(null, WRITES));
            SyncReport report = bed.sync();
            assertThat(report.accounting().accepted()).isEqualTo(3);
            assertThat(bed.time().jumped()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(60));
        }
    }

    @Test
    void aUsedUpAllowanceHoldsTheRestAndSaysSo() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + FREELY)) {
            SmallLeads.model(bed, SmallLeads.many(ROWS, "note"));
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new FaultAction.ExhaustQuota())
                            .on(null, WRITES)
                            .after(1));
            SyncReport report = bed.sync();
            assertThat(report.state()).isEqualTo("failed");
            assertThat(report.error()).contains("quota");
            long accepted = report.accounting().accepted();
            // Whichever batch was first, and one that was past the gate by then.
            assertThat(accepted).isBetween(50L, ROWS - 50L);
            assertThat(report.accounting()).isEqualTo(new Accounting(ROWS, accepted, 0, ROWS - accepted, 0, 0));
            assertThat(bed.last().error()).isEqualTo(report.error());
            bed.sandbox().clock().advance(Duration.ofHours(25));
            bed.time().pass(Duration.ofHours(25));
            assertConverged(bed, "note", "quota");
        }
    }

    @Test
    void aHaltWaitsForTheBatchesOnTheirWay() {
        String refusal = "[{\"errorCode\":\"API_DISABLED_FOR_ORG\",\"message\":\"not here\"}]";
        try (TestBed bed = SmallLeads.bed(
                folder,
                SmallLeads.MAPPING.replace("operation: upsert", "operation: upsert\n  strategy: batch") + FREELY)) {
            SmallLeads.model(bed, SmallLeads.many(1_600, "note"));
            bed.sandbox().latency(Duration.ofMillis(100));
            Respond forbidden = new Respond(403, Map.of("Content-Type", "application/json"), refusal);
            bed.sandbox().faults().add(Fault.once(forbidden).on(null, WRITES));
            SyncReport report = bed.sync();
            assertThat(report.state()).isEqualTo("failed");
            assertThat(report.accounting().balances()).as(report.toString()).isTrue();
            assertThat(report.accounting().accepted())
                    .as("batches beside the refused one")
                    .isPositive();
            bed.sandbox().latency(Duration.ZERO);
            assertThat(bed.settle().accounting().balances()).isTrue();
            assertThat(bed.records("Lead")).hasSize(1_600);
        }
    }

    @Test
    void whatEveryRowWouldMeetStopsTheRunAndDoesNotStand() {
        String refusal = "[{\"errorCode\":\"API_DISABLED_FOR_ORG\",\"message\":\"not here\"}]";
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + FREELY)) {
            SmallLeads.model(bed, SmallLeads.many(ROWS, "note"));
            Respond forbidden = new Respond(403, Map.of("Content-Type", "application/json"), refusal);
            bed.sandbox().faults().add(Fault.once(forbidden).on(null, WRITES).times(Fault.ALWAYS));
            SyncReport report = bed.sync();
            assertThat(report.state()).isEqualTo("failed");
            assertThat(report.error()).contains(Code.DESTINATION_REFUSED.text(), "API_DISABLED_FOR_ORG");
            assertThat(report.accounting().accepted()).isZero();
            assertThat(report.accounting().balances()).isTrue();
            assertThat(bed.sandbox().writes()).isEmpty();
            bed.sandbox().faults().clear();
            assertConverged(bed, "note", "refused");
        }
    }

    @Test
    void aRefusedRowStandsUntilItChanges() {
        String mapping = SmallLeads.MAPPING + "  Code__c: extra\n";
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,same", "b,Bob,2,B,note,same", "c,Cy,3,C,note,other");
            SyncReport report = bed.sync();
            assertThat(report.state()).isEqualTo("done");
            assertThat(report.accounting()).isEqualTo(new Accounting(3, 2, 1, 0, 0, 0));
            SyncReport again = bed.sync();
            assertThat(again.accounting().planned()).isZero();
            assertThat(again.summary().orElseThrow().standing()).isEqualTo(1);
            assertThat(again.requests()).isZero();
            assertThat(bed.operations().status().getFirst().standing()).isEqualTo(1);
            SmallLeads.model(bed, "a,Ann,1,A,note,same", "b,Bob,2,B,note,own", "c,Cy,3,C,note,other");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(bed.operations().status().getFirst().standing()).isZero();
            assertThat(SmallLeads.inSandbox(bed, "Code__c")).isEqualTo(Map.of("a", "same", "b", "own", "c", "other"));
        }
    }

    @Test
    void aFailedJobEndsInTheSameRecords() {
        String mapping = SmallLeads.MAPPING.replace("operation: upsert", "operation: upsert\n  strategy: job") + FREELY;
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, SmallLeads.many(ROWS, "note"));
            bed.sandbox().faults().add(Fault.once(new FaultAction.FailJob(100, "InternalServerError : oops")));
            SyncReport report = bed.sync();
            assertThat(report.accounting().planned()).isEqualTo(ROWS);
            assertThat(report.accounting().balances())
                    .as(report.accounting().toString())
                    .isTrue();
            assertConverged(bed, "note", "job");
        }
    }

    @Test
    void aDestinationThatIsNotThereFailsTheRunBeforeAnyIntent() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.sandbox().faults().add(Fault.once(DOWN).times(Fault.ALWAYS));
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.DESTINATION_UNREACHABLE);
            assertThat(bed.last().state()).isEqualTo("failed");
            bed.sandbox().faults().clear();
            bed.time().pass(Duration.ofMinutes(10));
            assertThat(bed.sync().accounting().accepted()).isEqualTo(3);
        }
    }
}
