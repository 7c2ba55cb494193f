package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.Operations;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import dev.caravan.sandbox.http.RequestLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rejection stands as long as the destination's object is what it was, which is asked once a day, and by runs that write. */
class StandingTest {

    @TempDir
    private Path folder;

    @Test
    void aChangedObjectLiftsWhatStood() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + "  Code__c: extra\n")) {
            SmallLeads.model(bed, "a,Ann,1,A,note,same", "b,Bob,2,B,note,same", "c,Cy,3,C,note,other");
            SyncReport first = bed.sync();
            assertThat(first.accounting()).isEqualTo(new Accounting(3, 2, 1, 0, 0, 0));
            assertThat(first.rejections()).singleElement().satisfies(refused -> {
                assertThat(refused.code()).isEqualTo("DUPLICATE_VALUE");
                assertThat(refused.rows()).isEqualTo(1);
            });
            assertThat(bed.last().rejections()).isEqualTo(first.rejections());
            assertThat(bed.operations().refused(first.run()))
                    .extracting(Refused::key)
                    .containsExactly("b");

            resize(bed, 30);
            assertThat(bed.sync().requests()).as("nothing to write").isZero();

            // b comes before c: it is passed over before c has the object described.
            SmallLeads.model(bed, "a,Ann,1,A,note,same", "b,Bob,2,B,note,same", "c,Cy,3,C,new,other");
            SyncReport both = bed.sync();
            assertThat(both.accounting()).isEqualTo(new Accounting(2, 1, 1, 0, 0, 0));
            assertThat(both.summary().orElseThrow().standing()).isZero();

            resize(bed, 31);
            bed.time().pass(Duration.ofHours(23));
            assertThat(bed.sync().requests()).isZero();
            bed.time().pass(Duration.ofHours(2));
            assertThat(bed.sync().accounting()).as("a day later").isEqualTo(new Accounting(1, 0, 1, 0, 0, 0));

            bed.time().pass(Duration.ofHours(25));
            SyncReport same = bed.sync();
            assertThat(same.accounting().planned())
                    .as("the object is as it was")
                    .isZero();
            assertThat(bed.sandbox().requests().reversed().stream().limit(same.requests()))
                    .extracting(RequestLog.Entry::operation)
                    .containsExactly("describe");
            assertThat(bed.sync().requests()).isZero();
        }
    }

    @Test
    void aPersonHasThemPlannedAgain() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + "  Code__c: extra\n")) {
            SmallLeads.model(bed, "a,Ann,1,A,note,same", "b,Bob,2,B,note,same", "c,Cy,3,C,note,same");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(3, 1, 2, 0, 0, 0));
            assertThat(bed.sync().requests()).isZero();
            Operations.Stands stands = bed.operations().rejected(Optional.empty(), 1);
            assertThat(stands.reasons()).extracting(Rejection::rows).containsExactly(2L);
            assertThat(stands.rows()).extracting(Standing::shown).containsExactly("b");

            MappingId mapping = stands.rows().getFirst().mapping();
            Decision ada = new Decision(
                    "ada", "the rule is gone", bed.time().time().clock().instant());
            assertThat(bed.operations().replay(mapping, Set.of(" B", "nobody"), Optional.empty(), ada))
                    .isEqualTo(new Operations.Replayed(1, 1));
            assertThat(bed.sync().accounting()).as("refused again").isEqualTo(new Accounting(1, 0, 1, 0, 0, 0));
            assertThat(bed.operations().replay(mapping, Set.of(), Optional.empty(), ada))
                    .isEqualTo(new Operations.Replayed(2, 0));
            assertThat(bed.plan().add()).isEqualTo(2);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 0, 2, 0, 0, 0));
            assertThat(bed.operations().audit(9))
                    .extracting(AuditEntry::subject)
                    .containsExactly("test: 2 rejected", "test: 1 rejected");
            assertThatThrownBy(() -> bed.operations().replay(mapping, Set.of(), Optional.of(OnUnknown.DROP), ada))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void aPreviewLiftsNothing() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + "  Code__c: extra\n")) {
            SmallLeads.model(bed, "a,Ann,1,A,note,same", "b,Bob,2,B,note,same");
            assertThat(bed.sync().accounting().rejected()).isEqualTo(1);
            resize(bed, 30);
            SmallLeads.model(bed, "a,Ann,1,A,new,same", "b,Bob,2,B,note,same");
            assertThat(bed.plan().change()).isEqualTo(1);
            assertThat(bed.operations().status().getFirst().standing()).isEqualTo(1);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 1, 1, 0, 0, 0));
        }
    }

    @Test
    void withoutRejectionsNothingIsAskedHoweverOldTheDescription() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.sync();
            bed.time().pass(Duration.ofDays(9));
            assertThat(bed.sync().requests()).isZero();
        }
    }

    private static void resize(TestBed bed, int length) {
        assertThat(bed.sandbox().salesforce().schemas().resizeField("Lead", "Note__c", length))
                .isTrue();
    }
}
