package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that the destination does not know: refused at their places, with the name that was probably meant. */
class MistakenTargetTest {

    @TempDir
    private Path folder;

    @Test
    void aMisspeltKeyOrFieldIsNamedAtItsPlaceAndNothingIsToBeReset() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            bed.sync();
            bed.restart();

            bed.write("mappings/test.yaml", SmallLeads.MAPPING.replace("{Id__c: id}", "{Idd__c: id}"));
            assertThat(refused(bed))
                    .containsExactly(new Problem(
                            Code.TARGET_FIELD_UNKNOWN,
                            new Place("mappings/test.yaml", 10, 9),
                            "Lead.Idd__c does not exist",
                            "did you mean 'Id__c'?",
                            "  key: {Idd__c: id}"));
            bed.restart();

            bed.write("mappings/test.yaml", SmallLeads.MAPPING.replace("Note__c: note", "Notes__c: note"));
            assertThat(refused(bed))
                    .containsExactly(new Problem(
                            Code.TARGET_FIELD_UNKNOWN,
                            new Place("mappings/test.yaml", 17, 3),
                            "Lead.Notes__c does not exist",
                            "did you mean 'Note__c'?",
                            "  Notes__c: note"));
        }
    }

    private static List<Problem> refused(TestBed bed) {
        SmallLeads.model(bed, "a,Ann,1,A,new,x");
        InvalidInput refused = catchThrowableOfType(InvalidInput.class, bed::sync);
        return refused.problems();
    }
}
