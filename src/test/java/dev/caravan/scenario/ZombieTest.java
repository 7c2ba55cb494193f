package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import dev.caravan.sandbox.fault.FaultAction.Respond;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request whose answer was lost may land late: nothing it could undo is sent until it cannot any more (invariant I8). */
class ZombieTest {

    @TempDir
    private Path folder;

    @Test
    void anotherValueWaitsAndTheSameDoesNot() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "a,Ann,1,A,one,x", "b,Bob,2,B,one,x");
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new LoseAnswer()).times(Fault.ALWAYS).on(null, "composite"));
            assertThat(bed.sync().accounting().unknown()).isEqualTo(2);
            bed.sandbox().faults().clear();
            bed.time().pass(Duration.ofMinutes(5));

            SmallLeads.model(bed, "a,Ann,1,A,one,x", "b,Bob,2,B,two,x", "c,Cy,3,C,one,x");
            SyncReport early = bed.sync();
            assertThat(early.state()).isEqualTo("done");
            assertThat(early.accounting()).isEqualTo(new Accounting(3, 2, 0, 1, 0, 0));
            assertThat(early.summary().orElseThrow().held()).isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "one", "b", "one", "c", "one"));

            bed.restart();
            bed.time().pass(Duration.ofMinutes(5));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).containsEntry("b", "two");
            assertThat(bed.sync().requests()).isZero();
        }
    }

    /** The first request may land after the one that was accepted, and after all that would follow. */
    @Test
    void theWindowIsWaitedOutAlsoWhereARepeatWasAccepted() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "a,Ann,1,A,one,x");
            bed.sandbox().faults().add(Fault.once(new LoseAnswer()).on(null, "composite"));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            bed.time().pass(Duration.ofMinutes(1));
            SmallLeads.model(bed, "a,Ann,1,A,two,x");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
            bed.time().pass(Duration.ofMinutes(10));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
        }
    }

    @Test
    void aJobThatIsNotHeardOfStaysOpenAndIsAskedAgain() {
        String mapping = SmallLeads.MAPPING.replace("operation: upsert", "operation: upsert\n  strategy: job");
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            Respond silent = new Respond(503, Map.of(), "");
            bed.sandbox().faults().add(Fault.once(silent).times(Fault.ALWAYS).on("GET", "jobs/ingest"));
            SyncReport left = bed.sync();
            assertThat(left.state()).isEqualTo("interrupted");
            assertThat(left.error()).contains(Code.DESTINATION_JOB.text());

            SmallLeads.model(bed, SmallLeads.many(3, "two"));
            bed.time().pass(Duration.ofMinutes(5));
            assertThat(TestBed.refusal(bed::sync))
                    .as("no newer value before the job has an end")
                    .containsExactly(Code.DESTINATION_JOB);
            bed.sandbox().faults().clear();
            bed.time().pass(Duration.ofMinutes(5));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(3, 3, 0, 0, 0, 0));
            assertThat(SmallLeads.inSandbox(bed, "Note__c").values()).containsOnly("two");
            assertThat(bed.operations().show(left.run()).accounting()).isEqualTo(new Accounting(3, 3, 0, 0, 0, 0));
        }
    }
}
