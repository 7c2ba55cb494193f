package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.SyncReport;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.run.RunState;
import java.nio.file.Path;
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
}
