package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as destinations, through the real routes. */
class FileTargetTest {

    private static final String MAPPING = """
            model:
              connection: files
              path: leads.csv
              key: id
              columns: {score: decimal}
            destination:
              connection: files
              object: OBJECT
              operation: OPERATION
              key: {id: id}
            fields:
              name: name
              score: score
              note: note
            """;

    @TempDir
    private Path folder;

    private TestBed bed(String object, String operation) {
        return SmallLeads.bed(folder, MAPPING.replace("OBJECT", object).replace("OPERATION", operation));
    }

    private String out(String file) throws IOException {
        return Files.readString(folder.resolve("data").resolve(file));
    }

    private static void balanced(SyncReport report, long accepted) {
        assertThat(report.state()).isEqualTo("done");
        assertThat(report.accounting().accepted()).isEqualTo(accepted);
    }

    @Test
    void aMirrorHoldsTheModelsRowsAndASecondRunWritesNothing() throws IOException {
        try (TestBed bed = bed("out.csv", "mirror")) {
            SmallLeads.model(bed, "a,An,1.50,,=1,x", "b,Bo,,,,x", "c,\"C, y\",-3,,n,x");
            balanced(bed.settle(), 3);
            assertThat(out("out.csv")).isEqualTo("id,name,score,note\na,An,1.5,'=1\nb,Bo,,\nc,\"C, y\",-3,n\n");
            byte[] manifest = Files.readAllBytes(folder.resolve("data/out.csv.manifest.json"));
            balanced(bed.settle(), 0);
            assertThat(folder.resolve("data/out.csv.manifest.json")).hasBinaryContent(manifest);
            SmallLeads.model(bed, "a,An,2,,,x", "c,\"C, y\",-3,,n,x", "d,Di,4,,,x");
            balanced(bed.settle(), 3);
            assertThat(out("out.csv")).isEqualTo("id,name,score,note\na,An,2,\nc,\"C, y\",-3,n\nd,Di,4,\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.jsonl", "out.parquet"})
    void theOtherFormatsHoldTheSame(String object) throws IOException {
        try (TestBed bed = bed(object, "mirror")) {
            SmallLeads.model(bed, "a,An,1.50,,n,x", "b,Bo,,,,x");
            balanced(bed.settle(), 2);
            SmallLeads.model(bed, "a,An,2,,n,x");
            balanced(bed.settle(), 2);
            assertThat(out(object + ".manifest.json")).contains("\"rows\" : 1");
            if (object.endsWith("jsonl")) {
                assertThat(out(object)).isEqualTo("{\"id\":\"a\",\"name\":\"An\",\"score\":2,\"note\":\"n\"}\n");
            }
        }
    }

    @Test
    void aRowThatSomebodyTookOutComesBackWhole() throws IOException {
        try (TestBed bed = bed("out.csv", "upsert")) {
            SmallLeads.model(bed, "a,An,1,,n,x", "b,Bo,2,,n,x");
            balanced(bed.settle(), 2);
            bed.write("data/out.csv", "id,name,score,note\nb,Bo,2,n\n");
            SmallLeads.model(bed, "a,An,3,,n,x", "b,Bo,2,,n,x");
            balanced(bed.settle(), 1);
            assertThat(out("out.csv")).isEqualTo("id,name,score,note\nb,Bo,2,n\na,An,3,n\n");
        }
    }

    @Test
    void anEventIsAppendedOnce() throws IOException {
        try (TestBed bed = bed("events.csv", "append")) {
            SmallLeads.model(bed, "a,An,1,,n,x");
            balanced(bed.settle(), 1);
            SmallLeads.model(bed, "a,An,2,,n,x", "b,Bo,1,,n,x");
            balanced(bed.settle(), 1);
            assertThat(out("events.csv").lines().map(line -> line.substring(0, line.indexOf(','))))
                    .containsExactly("id", "a", "b");
        }
    }

    @Test
    void aNameThatSaysNoFormatIsRefused() {
        try (TestBed bed = bed("out.txt", "upsert")) {
            SmallLeads.model(bed, "a,An,1,,n,x");
            assertThat(TestBed.refusal(bed::settle)).containsExactly(Code.TARGET_OBJECT_UNKNOWN);
            assertThat(folder.resolve("data/out.txt")).doesNotExist();
        }
    }
}
