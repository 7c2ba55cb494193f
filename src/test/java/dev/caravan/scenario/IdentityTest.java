package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.http.RequestLog;
import dev.caravan.store.sqlite.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that belongs to one organisation is never used against another (invariant of target identity). */
class IdentityTest {

    private static final String OTHER = "00DXx0000000002";

    @TempDir
    private Path folder;

    @Test
    void anotherOrganisationUnderAnOldStateIsNotWrittenTo() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            assertThat(bed.sync().state()).isEqualTo("done");
            bed.restart();
            bed.sandbox().salesforce().becomeOrganisation(OTHER);
            SmallLeads.model(bed, SmallLeads.many(4, "two"));
            int writes = bed.sandbox().writes().size();
            assertThatThrownBy(bed::sync)
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                                assertThat(problem.code()).isEqualTo(Code.TARGET_IDENTITY);
                                assertThat(problem.message()).contains("00DSb0000000001", OTHER);
                            }));
            assertThat(bed.sandbox().writes()).hasSize(writes);
            assertThat(bed.last().state()).isEqualTo("failed");
            assertThat(bed.last().accounting()).isEqualTo(Accounting.NONE);
            assertThat(bed.last().error()).contains(Code.TARGET_IDENTITY.text());
            bed.sandbox().salesforce().becomeOrganisation("00DSb0000000001");
            bed.restart();
            assertThat(bed.sync().accounting().accepted()).isEqualTo(4);
        }
    }

    @Test
    void anObjectThatWasEditedIsToldAsThatAndNotAsAnotherAccount() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            assertThat(bed.sync().state()).isEqualTo("done");
            bed.write("mappings/test.yaml", SmallLeads.MAPPING.replace("object: Lead", "object: Contact"));
            int writes = bed.sandbox().writes().size();
            assertThatThrownBy(bed::sync)
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                                assertThat(problem.code()).isEqualTo(Code.TARGET_IDENTITY);
                                assertThat(problem.message())
                                        .isEqualTo(
                                                "test was synced to Lead/Id__c, and the file names Contact/Id__c now;"
                                                        + " the account is the same");
                                assertThat(problem.suggestion())
                                        .startsWith("put it back")
                                        .contains("caravan reset test");
                            }));
            assertThat(bed.sandbox().writes()).hasSize(writes);
        }
    }

    @Test
    void anApprovalMeetsTheSameWall() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            bed.approve(bed.sync());
            SmallLeads.model(bed, SmallLeads.many(3, "two"));
            SyncReport held = bed.sync();
            bed.restart();
            bed.sandbox().salesforce().becomeOrganisation(OTHER);
            int writes = bed.sandbox().writes().size();
            assertThat(TestBed.refusal(() -> bed.approve(held))).containsExactly(Code.TARGET_IDENTITY);
            assertThat(bed.sandbox().writes()).hasSize(writes);
            assertThat(bed.operations().runs(Optional.empty(), 1).getFirst().state())
                    .isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void whatMayHaveBeenWrittenBeforeAnythingWasAcceptedBelongsToItsOrganisationToo() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new FaultAction.LoseAnswer())
                            .times(Fault.ALWAYS)
                            .on(null, "composite"));
            assertThat(bed.sync().accounting().unknown()).isEqualTo(3);
            bed.sandbox().faults().clear();
            bed.restart();
            bed.sandbox().salesforce().becomeOrganisation(OTHER);
            bed.time().pass(Duration.ofHours(1));
            int writes = bed.sandbox().writes().size();
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.TARGET_IDENTITY);
            assertThat(bed.sandbox().writes()).hasSize(writes);
            bed.operations().reset(TestBed.MAPPING, new Decision("tester", "", Instant.EPOCH));
            assertThat(bed.sync().accounting().accepted()).isEqualTo(3);
        }
    }

    @Test
    void theJobOfAKilledFirstRunIsNotLookedForElsewhere() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            try (Ledger ledger = SqliteLedger.open(folder.resolve("state/ledger.db"), InstantSource.system())) {
                Claim.Granted killed =
                        (Claim.Granted) ledger.claim(TestBed.MAPPING, Trigger.COMMAND, Optional.empty(), List.of());
                ledger.addRows(killed.lease(), killed.run(), Planned.rows(0, 3));
                ledger.seal(
                        killed.lease(), Planned.plan(TestBed.MAPPING, killed.run(), "a job's plan", PlanState.OPEN));
                long batch = ledger.begin(killed.lease(), killed.run(), Planned.job(0, 1, 2));
                ledger.remember(killed.lease(), batch, "7505g00000AbCdEAAV");
            }
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.TARGET_IDENTITY);
            assertThat(bed.sandbox().requests())
                    .as("the other organisation is asked who it is, and nothing else")
                    .extracting(RequestLog.Entry::operation)
                    .containsOnly("login", "describe");
            bed.operations().reset(TestBed.MAPPING, new Decision("tester", "", Instant.EPOCH));
            assertThat(bed.sync().accounting().accepted()).isEqualTo(3);
            assertThat(bed.sandbox().salesforce().jobs()).isEmpty();
            assertThat(bed.operations().runs(Optional.empty(), 9))
                    .allSatisfy(run -> assertThat(run.accounting().balances()).isTrue());
        }
    }

    /** Its description would say of later runs how keys compare, long after the mistake was mended. */
    @Test
    void nothingIsKeptOfAnOrganisationLoggedInToByMistake() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "one"));
            bed.sync();
            Path description = folder.resolve("state/targets/crm.Lead.json");
            Files.delete(description);
            bed.restart();
            bed.sandbox().salesforce().becomeOrganisation(OTHER);
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.TARGET_IDENTITY);
            assertThat(description).doesNotExist();
            bed.sandbox().salesforce().becomeOrganisation("00DSb0000000001");
            bed.restart();
            assertThat(bed.sync().accounting().planned()).isZero();
            assertThat(description).exists();
        }
    }
}
