package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The destination's key is another column than the model's key: rows may come to mean one record. */
class DestinationKeyTest {

    @TempDir
    private Path folder;

    @Test
    void aKeyThatMovesKeepsItsRecordAndOneThatTwoRowsHaveIsSentForNeither() {
        String mapping = SmallLeads.MAPPING
                .replace("key: {Id__c: id}", "key: {Id__c: extra}")
                .replace("on_removed: nothing", "on_removed: delete");
        try (TestBed bed = SmallLeads.bed(folder, mapping + "contract: {valid_share: 0%}\n")) {
            SmallLeads.model(bed, "a,Ann,1,A,note,X1", "b,Bob,2,B,note,x2");
            bed.sync();
            bed.written();

            SmallLeads.model(bed, "b,Bob,2,B,note,x2", "c,Cy,3,C,note,x1");
            SyncReport moved = bed.sync();
            assertThat(moved.add()).isEqualTo(1);
            assertThat(moved.remove()).isZero();
            assertThat(moved.summary().orElseThrow().left()).isZero();
            assertThat(bed.written()).singleElement().asString().startsWith("update x1 ");
            assertThat(SmallLeads.inSandbox(bed, "LastName"))
                    .containsValues("Bob", "Cy")
                    .hasSize(2);
            SyncReport settled = bed.sync();
            assertThat(settled.summary().orElseThrow().left()).isEqualTo(1);
            assertThat(settled.requests()).isZero();

            SmallLeads.model(bed, "b,Bob,2,B,new,x2", "c,Cy,3,C,new,x1", "d,Di,4,D,note, X1 ");
            SyncReport shared = bed.sync();
            assertThat(shared.summary().orElseThrow().invalidByReason()).isEqualTo(Map.of("duplicate_key:Id__c", 2L));
            assertThat(bed.written()).singleElement().asString().startsWith("update x2 ");

            SmallLeads.model(bed, "b,Bob,2,B,new,x2");
            assertThat(bed.settle().remove()).as("a made the record, for c").isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("x2", "Bob"));
        }
    }

    @Test
    void aRecordThatARefusedRowWantedIsRemovedOnceNobodyWantsIt() {
        String mapping = SmallLeads.MAPPING
                .replace("key: {Id__c: id}", "key: {Id__c: extra}")
                .replace("on_removed: nothing", "on_removed: delete");
        try (TestBed bed = SmallLeads.bed(
                folder, mapping + "  Code__c: note\n" + "guardrails: {max_removed: 100%, min_rows: 0%}\n")) {
            SmallLeads.model(bed, "a,Ann,1,A,one,x1", "b,Bob,2,B,two,x2");
            bed.sync();
            SmallLeads.model(bed, "b,Bob,2,B,two,x2", "c,Cy,3,C,two,x1");
            assertThat(bed.sync().accounting().rejected()).isEqualTo(1);
            SyncReport waiting = bed.sync();
            assertThat(waiting.remove()).isZero();
            assertThat(waiting.requests()).isZero();
            SmallLeads.model(bed, "b,Bob,2,B,two,x2");
            assertThat(bed.sync().remove()).isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("x2", "Bob"));
        }
    }
}
