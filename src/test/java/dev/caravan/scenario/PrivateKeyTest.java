package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Operations;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.row.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination's key that is itself personal, as an e-mail address is. */
class PrivateKeyTest {

    private static final Value HIDDEN = new Value.Text(Operations.HIDDEN);

    /** The model knows a row by its name here, the destination by what stands under {@code id}. */
    private static final String MAPPING = SmallLeads.MAPPING
            .replace("key: id\n", "key: name\n")
            .replace("{Id__c: id}", "{Id__c: {column: id, pii: true}}");

    @TempDir
    private Path folder;

    @Test
    void aPrivateKeyIsMaskedWhereRecordsAreShownUnlessItIsAskedFor() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SmallLeads.model(bed, "ann@example.com,Ann,1,A,note,x");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);

            Sent masked = only(bed, false);
            assertThat(masked.row().targetKey()).isEqualTo(HIDDEN);
            assertThat(masked.row().image().values()).containsEntry("id", HIDDEN);
            assertThat(masked.row().fields().values()).doesNotContain(HIDDEN);
            Sent open = only(bed, true);
            assertThat(open.row().targetKey()).isEqualTo(new Value.Text("ann@example.com"));
            assertThat(SmallLeads.inSandbox(bed, "LastName")).containsKey("ann@example.com");
        }
    }

    /** Where the record follows, its new key is sent as a field. */
    @Test
    void theSamplesOfAPlanDoNotShowItEither() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            SmallLeads.model(bed, "ann@example.com,Ann,1,A,note,x");
            bed.sync();
            SmallLeads.model(bed, "new@example.com,Ann,1,A,note,x");
            SyncReport plan = bed.plan();
            assertThat(plan.summary().orElseThrow().samples()).singleElement().satisfies(sample -> {
                assertThat(sample.key()).isEqualTo("Ann");
                assertThat(sample.fields()).singleElement().satisfies(change -> {
                    assertThat(change.field()).isEqualTo("Id__c");
                    assertThat(change.after()).isEqualTo(HIDDEN);
                });
            });
        }
    }

    private static Sent only(TestBed bed, boolean unmasked) {
        List<Sent> history = bed.operations().record(Optional.of(TestBed.MAPPING), "Ann", unmasked);
        assertThat(history).hasSize(1);
        return history.getFirst();
    }
}
