package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.cli.text.ReportText;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Fate;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.Code;
import dev.caravan.run.Run;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A held plan waits for a person, and what the person saw is what is sent. */
class ApprovalTest {

    private static final Decision DECISION = new Decision("tester", "looks right", Instant.EPOCH);

    @TempDir
    private Path folder;

    @Test
    void deliversTheRowsThatWereApprovedThoughTheModelMovedOn() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,old,x", "b,Bob,2,B,old,x");
            SyncReport held = bed.sync();
            assertThat(held.state()).isEqualTo("held");
            assertThat(held.accounting().held()).isEqualTo(2);
            assertThat(bed.sandbox().writes()).isEmpty();
            SmallLeads.model(bed, "a,Ann,1,A,new,x", "b,Bob,2,B,old,x", "c,Cy,3,C,new,x");
            SyncReport done = bed.approve(held);
            assertThat(done.state()).isEqualTo("done");
            assertThat(done.plan()).isEqualTo(held.plan());
            assertThat(done.accounting().accepted()).isEqualTo(2);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "old", "b", "old"));
            SyncReport next = bed.sync();
            assertThat(next.add()).isEqualTo(1);
            assertThat(next.change()).isEqualTo(1);
            bed.approve(next);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "new", "b", "old", "c", "new"));
        }
    }

    @Test
    void anEditedMappingSupersedesThePlanAndHoldsAFreshOne() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            SyncReport held = bed.sync();
            bed.restart();
            bed.write("mappings/test.yaml", edited());
            SyncReport fresh = bed.approve(held);
            assertThat(fresh.state()).isEqualTo("held");
            assertThat(fresh.plan()).isNotEqualTo(held.plan());
            assertThat(fresh.guards())
                    .anyMatch(v -> v instanceof Verdict.Held && v.guard().equals("base_moved"));
            assertThat(bed.sandbox().writes()).isEmpty();
            assertThat(bed.operations().planView(held.plan(), 1).plan().state()).isEqualTo(PlanState.SUPERSEDED);
            assertThat(TestBed.refusal(() -> bed.approve(held))).containsExactly(Code.PLAN_NOT_OPEN);
            assertThat(bed.approve(fresh).state()).isEqualTo("done");
            assertThat(SmallLeads.inSandbox(bed, "Company")).isEqualTo(Map.of("a", "Beta"));
        }
    }

    private static String edited() {
        return SmallLeads.MAPPING.replace("constant: Acme", "constant: Beta") + SmallLeads.HOLD_ALL;
    }

    @Test
    void anotherSyncDoesNotReplaceWhatWaits() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            SyncReport held = bed.sync();
            SmallLeads.model(bed, "a,Ann,1,A,note,x", "b,Bob,2,B,note,x");
            SyncReport again = bed.sync();
            assertThat(again.state()).isEqualTo("held");
            assertThat(again.plan()).isEqualTo(held.plan());
            assertThat(again.guards())
                    .anySatisfy(v -> assertThat(v.detail()).contains("a new plan would hold: 2 adds"));
            assertThat(again.rows()).as("what this run read").isEqualTo(2);
            assertThat(again.add()).as("what the plan that waits would add").isEqualTo(1);
            assertThat(again.planRun()).isEqualTo(held.run());
            assertThat(bed.last().rows()).isEqualTo(2);
            SyncReport approved = bed.approve(again);
            assertThat(approved.accounting().accepted()).isEqualTo(1);
            for (SyncReport waited : List.of(held, again)) {
                assertThat(bed.operations().show(waited.run()).fate()).get().satisfies(fate -> {
                    assertThat(fate.end()).isEqualTo(Fate.End.APPROVED);
                    assertThat(fate.decision().orElseThrow().who()).isEqualTo("tester");
                    assertThat(fate.run()).contains(approved.run());
                });
            }
            assertThat(bed.operations().runs(Optional.empty(), 9))
                    .extracting(Run::decided)
                    .containsExactly(null, "approved", "approved");
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).containsOnlyKeys("a");
        }
    }

    /** Who reads the run has to see who let it go; who only looks, that nobody has to make the plan. */
    @Test
    void aPlanThatWaitsIsShownAsSuchAndARunThatTookItOverSaysByWhoseWord() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            assertThat(printed(bed.plan())).contains("would wait for approval: caravan sync test makes it");
            SyncReport held = bed.sync();
            assertThat(printed(bed.plan()))
                    .contains("caravan approve " + held.plan().substring(0, 12))
                    .doesNotContain("makes it");
            SmallLeads.model(bed, "a,Bea,1,A,note,x");
            assertThat(printed(bed.plan())).contains("makes it and holds it");
            assertThat(printed(bed.sync())).contains("a new plan would hold other rows or values, as many: 1 adds");
            SyncReport approved = bed.approve(held);
            for (SyncReport told : List.of(approved, bed.operations().show(approved.run()))) {
                assertThat(printed(told))
                        .contains("allowed max_first_sync", "approved by tester at ")
                        .doesNotContain("HELD", "took it over");
            }
            assertThat(printed(bed.operations().show(held.run())))
                    .contains("HELD    max_first_sync", "run " + approved.run() + " took it over");
        }
    }

    private static String printed(SyncReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportText.print(new PrintStream(out, true, StandardCharsets.UTF_8), report, true);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRefusedPlanIsPlannedAfresh() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            SyncReport held = bed.sync();
            assertThat(bed.operations().reject(held.plan(), DECISION).state()).isEqualTo(PlanState.REJECTED);
            assertThat(TestBed.refusal(() -> bed.approve(held))).containsExactly(Code.PLAN_NOT_OPEN);
            SmallLeads.model(bed, "a,Ann,1,A,note,x", "b,Bob,2,B,note,x");
            SyncReport fresh = bed.sync();
            assertThat(fresh.state()).isEqualTo("held");
            assertThat(fresh.add()).isEqualTo(2);
            assertThat(bed.operations().show(held.run()).fate()).get().satisfies(fate -> {
                assertThat(fate.end()).isEqualTo(Fate.End.REJECTED);
                assertThat(fate.decision()).contains(DECISION);
            });
            assertThat(bed.operations().show(fresh.run()).fate()).isEmpty();
            assertThat(bed.approve(fresh).accounting().accepted()).isEqualTo(2);
        }
    }

    @Test
    void theSameRowsCanBePlannedAgainAfterARefusal() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            SyncReport held = bed.sync();
            bed.operations().reject(held.plan(), DECISION);
            SyncReport again = bed.sync();
            assertThat(again.state()).isEqualTo("held");
            assertThat(bed.approve(again).state()).isEqualTo("done");
            assertThat(TestBed.refusal(() -> bed.approve(again))).containsExactly(Code.PLAN_NOT_OPEN);
        }
    }

    @Test
    void expiresAfterADay() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            SyncReport held = bed.sync();
            bed.time().pass(Duration.ofHours(25));
            assertThat(TestBed.refusal(() -> bed.approve(held))).containsExactly(Code.PLAN_NOT_OPEN);
            assertThat(bed.sandbox().writes()).isEmpty();
            SmallLeads.model(bed, "a,Ann,1,A,note,x", "b,Bob,2,B,note,x");
            SyncReport fresh = bed.sync();
            assertThat(fresh.plan()).isNotEqualTo(held.plan());
            assertThat(fresh.add()).isEqualTo(2);
            assertThat(bed.operations().show(held.run()).fate().orElseThrow().end())
                    .isEqualTo(Fate.End.EXPIRED);
        }
    }

    @Test
    void namesWhatItDoesNotKnow() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            assertThat(TestBed.refusal(() -> bed.operations().approve("abcdef", DECISION, Progress.NONE)))
                    .containsExactly(Code.PLAN_UNKNOWN);
            SyncReport done = bed.sync();
            assertThat(TestBed.refusal(() -> bed.approve(done))).containsExactly(Code.PLAN_NOT_OPEN);
            SyncReport preview = bed.plan();
            assertThat(preview.state()).isEqualTo("planned");
            assertThat(bed.operations().runs(Optional.of(TestBed.MAPPING), 9))
                    .as("a preview is no run to speak of")
                    .hasSize(1);
            bed.write("mappings/test.yaml", SmallLeads.MAPPING.replace("operation: upsert", "operation: upset"));
            assertThat(TestBed.refusal(bed::sync)).as("as the file is now").containsExactly(Code.YAML_BAD_VALUE);
            assertThat(TestBed.refusal(bed::plan)).containsExactly(Code.YAML_BAD_VALUE);
        }
    }

    @Test
    void aPreviewKeepsNothingAndDisturbsNothing() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            SyncReport preview = bed.plan();
            assertThat(preview.add()).isEqualTo(1);
            assertThat(bed.operations().status().getFirst().last()).isEmpty();
            assertThat(TestBed.refusal(() -> bed.approve(preview))).containsExactly(Code.PLAN_UNKNOWN);
            SyncReport held = bed.sync();
            assertThat(held.plan()).isEqualTo(preview.plan());
            assertThat(bed.plan().plan()).isEqualTo(held.plan());
            assertThat(bed.sandbox().writes()).isEmpty();
            assertThat(bed.approve(held).state()).isEqualTo("done");
        }
    }
}
