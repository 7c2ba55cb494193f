package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.SyncReport;
import dev.caravan.cli.text.ReportText;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Fate;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removals that wait for a person go out only while the model still says so: a delivery that was broken for an hour deletes nobody. */
class HeldRemovalsTest {

    private static final String MAPPING = SmallLeads.MAPPING.replace("on_removed: nothing", "on_removed: delete");
    private static final int ALL = 60;

    @TempDir
    private Path folder;

    /** A bed on which everybody was synced, and whose model was empty then. */
    private static SyncReport emptied(TestBed bed) {
        SmallLeads.model(bed, SmallLeads.many(ALL, "one"));
        bed.sync();
        SmallLeads.model(bed);
        SyncReport held = bed.sync();
        assertThat(held.state()).isEqualTo("held");
        assertThat(held.remove()).isEqualTo(ALL);
        return held;
    }

    /** All but the first so many, each with this score. */
    private static String[] scored(int but, String score) {
        return Arrays.stream(SmallLeads.many(ALL, "one"))
                .skip(but)
                .map(row -> row.replaceAll("\\d+\\.5", score))
                .toArray(String[]::new);
    }

    @Test
    void aPlanThatNoGuardMindsTakesThePlaceOfTheOneThatWaits() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SyncReport held = emptied(bed);
            String[] whole = SmallLeads.many(ALL, "one");
            whole[0] = whole[0].replace("one", "two");
            SmallLeads.model(bed, whole);
            SyncReport next = bed.sync();
            assertThat(next.state()).isEqualTo("done");
            assertThat(next.accounting().accepted()).isEqualTo(1);
            assertThat(bed.operations().show(held.run()).fate().orElseThrow().end())
                    .isEqualTo(Fate.End.SUPERSEDED);
            assertThat(TestBed.refusal(() -> bed.approve(held))).containsExactly(Code.PLAN_NOT_OPEN);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).hasSize(ALL).containsEntry("p001", "two");
        }
    }

    @Test
    void whoReadsThatTooFewRowsAreLeftHearsHowToSayThatTheyAreRight() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(ALL, "one"));
            bed.sync();
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            bed.sync();
            SyncReport held = bed.sync();
            assertThat(held.state()).as("the measure is the last good read").isEqualTo("held");
            assertThat(lines(held)).contains("waits for nobody", "where so few rows are right: caravan approve");
            assertThat(bed.approve(held).state()).isEqualTo("done");
            assertThat(bed.sync().state()).isEqualTo("done");
        }
    }

    /** Nobody asked for that run, so that nobody would know why the plan that they look at is gone. */
    @Test
    void aScheduleReplacesNoPlanThatWaits() throws InterruptedException {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING + "schedule: {every: 1s}\n")) {
            SyncReport held = emptied(bed);
            String[] whole = SmallLeads.many(ALL, "one");
            whole[0] = whole[0].replace("one", "two");
            SmallLeads.model(bed, whole);
            bed.service();
            List<Run> fires = fires(bed);
            bed.restart();
            assertThat(fires).allSatisfy(fire -> {
                assertThat(fire.state()).isEqualTo(RunState.HELD);
                assertThat(bed.operations().show(fire.id()).planRun()).isEqualTo(held.run());
            });
            assertThat(bed.operations().planView(held.plan(), 1).plan().state()).isEqualTo(PlanState.HELD);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).hasSize(ALL).containsEntry("p001", "one");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
        }
    }

    /** The first two runs of the schedule, once they ended. */
    private static List<Run> fires(TestBed bed) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            List<Run> ended = bed.operations().runs(Optional.of(TestBed.MAPPING), 100).stream()
                    .filter(run -> run.trigger() == Trigger.SCHEDULE && run.state() != RunState.RUNNING)
                    .toList();
            if (ended.size() >= 2) {
                return ended;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the schedule never fired");
    }

    @Test
    void anApprovalDeletesNobodyWhomTheModelHasAgain() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SyncReport held = emptied(bed);
            SmallLeads.model(bed, SmallLeads.many(ALL, "one"));
            SyncReport refused = bed.approve(held);
            assertThat(refused.state()).isEqualTo("held");
            assertThat(refused.remove()).isZero();
            assertThat(lines(refused)).contains("waits for nobody").doesNotContain("caravan approve");
            assertThat(refused.guards()).anySatisfy(verdict -> {
                assertThat(verdict).isInstanceOf(Verdict.Held.class);
                assertThat(verdict.guard()).isEqualTo("removals_back");
                assertThat(verdict.detail()).contains("60 rows");
            });
            assertThat(bed.operations().planView(held.plan(), 1).plan().state()).isEqualTo(PlanState.SUPERSEDED);
            assertThat(bed.records("Lead")).hasSize(ALL);
            SyncReport next = bed.sync();
            assertThat(next.state())
                    .as("a plan that would send nothing waits for nobody")
                    .isEqualTo("done");
            assertThat(next.accounting().planned()).isZero();
        }
    }

    @Test
    void oneThatIsBackIsReasonEnoughToLookAgain() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SyncReport held = emptied(bed);
            SmallLeads.model(bed, SmallLeads.many(1, "one"));
            SyncReport fresh = bed.approve(held);
            assertThat(fresh.state()).isEqualTo("held");
            assertThat(fresh.remove()).isEqualTo(ALL - 1);
            assertThat(bed.approve(fresh).accounting().accepted()).isEqualTo(ALL - 1);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).containsOnlyKeys("p001");
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** What a death between the word and its consequence leaves: a part of what was approved is not the plan that was approved. */
    @Test
    void aDeathInTheMiddleOfAnApprovalAllowsNoPartOfIt() throws SQLException {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SyncReport held = emptied(bed);
            SmallLeads.model(bed, SmallLeads.many(38, "one"));
            try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/ledger.db"));
                    Statement statement = ledger.createStatement()) {
                statement.execute("CREATE TRIGGER death BEFORE UPDATE ON plan WHEN old.state <> 'HELD'"
                        + " BEGIN SELECT raise(ABORT, 'death'); END");
                statement.execute(
                        "CREATE TRIGGER sealed BEFORE INSERT ON plan BEGIN SELECT raise(ABORT, 'death'); END");
                assertThatThrownBy(() -> bed.approve(held)).isInstanceOf(RunFailure.class);
                statement.execute("DROP TRIGGER death");
                statement.execute("DROP TRIGGER sealed");
            }
            assertThat(bed.sync().state()).isEqualTo("held");
            assertThat(bed.records("Lead")).hasSize(ALL);
        }
    }

    /** A row that breaks the contract is in the model nevertheless (invariant I6); so may be anybody where a key cannot be read. */
    @Test
    void anInvalidRowIsBackToo() {
        String strict = MAPPING + "contract: {checks: [{not_null: [name]}]}\n";
        try (TestBed bed = SmallLeads.bed(folder, strict)) {
            SyncReport held = emptied(bed);
            SmallLeads.model(bed, "p001,,1.5,A,one,x");
            assertThat(bed.approve(held).guards()).anyMatch(each -> each.guard().equals("removals_back"));
        }
    }

    @Test
    void aKeyThatCannotBeReadMayBeAnybodys() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SyncReport held = emptied(bed);
            SmallLeads.model(bed, ",Nobody,1.5,A,one,x");
            assertThat(bed.approve(held).guards()).anyMatch(each -> each.guard().equals("removals_back"));
            assertThat(bed.records("Lead")).hasSize(ALL);
        }
    }

    /** One set of figures at a time: what this run read, and the plan that waits. */
    @Test
    void aRunThatMeetsAPlanTellsTheTwoApart() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SyncReport held = emptied(bed);
            SmallLeads.model(bed, SmallLeads.many(10, "one"));
            SyncReport met = bed.sync();
            assertThat(met.planRun()).isEqualTo(held.run());
            assertThat(met.rows()).isEqualTo(10);
            assertThat(met.summary().orElseThrow().same())
                    .as("of the plan that waits")
                    .isZero();
            assertThat(lines(met))
                    .containsSubsequence("rows     10 read, 0 invalid", "now      waits for approval since");
            assertThat(lines(met))
                    .containsSubsequence(
                            "a new plan would hold: 0 adds, 0 changes, 50 removals",
                            "waits    the plan of run " + held.run() + ", of which is all that follows",
                            "changes  + 0 added   ~ 0 changed   - 60 removed: delete   = 0 same",
                            "guards",
                            "min_rows");
            assertThat(lines(met).substring(lines(met).indexOf("guards"))).doesNotContain("held_plan");
        }
    }

    private static String lines(SyncReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportText.print(new PrintStream(out, true, StandardCharsets.UTF_8), report, false);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the model says by then is compared with what is there after the approval, not before. */
    @Test
    void whatIsGoneStillIsRemovedAndTheRestIsSentAsItWasApproved() {
        String rounded = MAPPING.replace("Score__c: score", "Score__c: {column: score, round: 0}");
        try (TestBed bed = SmallLeads.bed(folder, rounded)) {
            SmallLeads.model(bed, scored(0, "7.1"));
            bed.sync();
            SmallLeads.model(bed, scored(30, "8"));
            SyncReport held = bed.sync();
            assertThat(held.state()).isEqualTo("held");
            SmallLeads.model(bed, scored(30, "7.2"));
            SyncReport done = bed.approve(held);
            assertThat(done.state()).isEqualTo("done");
            assertThat(done.accounting().accepted()).isEqualTo(ALL);
            assertThat(SmallLeads.inSandbox(bed, "Score__c")).hasSize(30).containsEntry("p031", "8.0");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(30);
            assertThat(SmallLeads.inSandbox(bed, "Score__c").values()).containsOnly("7.0");
        }
    }

    @Test
    void aModelThatCannotBeReadLeavesThePlanWaiting() throws Exception {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SyncReport held = emptied(bed);
            Path file = folder.resolve("data/leads.csv");
            byte[] text = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(TestBed.refusal(() -> bed.approve(held))).isNotEmpty();
            Files.write(file, text);
            assertThat(bed.approve(held).accounting().accepted()).isEqualTo(ALL);
        }
    }
}
