package dev.caravan.transport.file;

import static dev.caravan.transport.file.FileBed.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.row.Value;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Column;
import dev.caravan.transport.StoreAnswer.Columns;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest;
import dev.caravan.transport.StoreRequest.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFormatTest {

    private FileBed bed;

    @BeforeEach
    void folder(@TempDir Path root) throws IOException {
        bed = new FileBed(root);
    }

    @Test
    void rowsAreMergedByKeyInTheirOrderAndNewOnesFollow() throws IOException {
        assertThat(bed.publish("people.csv", Mode.UPSERT, row("b", "name", "Bo"), row("a", "name", "An")))
                .containsExactly(Effect.CREATED, Effect.CREATED);
        assertThat(bed.publish("people.csv", Mode.UPSERT, row("c", "name", "Cy"), row("b", "name", "Bob")))
                .containsExactly(Effect.CREATED, Effect.CHANGED);
        assertThat(bed.text("people.csv")).isEqualTo("id,name\nb,Bob\na,An\nc,Cy\n");
        assertThat(bed.publish("people.csv", Mode.DELETE, row("a"), row("z")))
                .containsExactly(Effect.DELETED, Effect.ABSENT);
        assertThat(bed.text("people.csv")).isEqualTo("id,name\nb,Bob\nc,Cy\n");
        assertThat(bed.publish("people.csv", Mode.UPDATE, row("c", "name", "Cyd"), row("z", "name", "Zoe")))
                .containsExactly(Effect.CHANGED, Effect.ABSENT);
        assertThat(bed.text("people.csv")).isEqualTo("id,name\nb,Bob\nc,Cyd\n");
    }

    @Test
    void aColumnThatNoEntryNamesStaysAndANewOneIsAdded() throws IOException {
        Files.writeString(bed.file("people.csv"), "note,id\r\nkeep,1\r\n,2\r\n");
        bed.publish("people.csv", Mode.UPSERT, row(1, "age", 7));
        assertThat(bed.text("people.csv")).isEqualTo("note,id,age\nkeep,1,7\n,2,\n");
    }

    @Test
    void nullAndEmptyTextAreToldApart() throws IOException {
        bed.publish("x.csv", Mode.UPSERT, row(1, "a", Value.ofNull(), "b", ""), row(2, "a", "", "b", Value.ofNull()));
        assertThat(bed.text("x.csv")).isEqualTo("id,a,b\n1,,\"\"\n2,\"\",\n");
        bed.publish("x.csv", Mode.UPSERT, row(3, "a", "z", "b", "z"));
        assertThat(bed.text("x.csv")).isEqualTo("id,a,b\n1,,\"\"\n2,\"\",\n3,z,z\n");
    }

    @Test
    void whateverACellHoldsStaysInIt() throws IOException {
        String wild = "a,\"b\"\nc\r\nd;\t\uD83D\uDE00'";
        bed.publish("x.csv", Mode.UPSERT, row("k", "a", wild));
        bed.publish("x.csv", Mode.UPSERT, row("l", "a", "m"));
        assertThat(bed.text("x.csv")).isEqualTo("id,a\nk,\"a,\"\"b\"\"\nc\r\nd;\t\uD83D\uDE00'\"\nl,m\n");
    }

    @Test
    void anAppendedRowIsThereOnceHoweverOftenItComes() throws IOException {
        assertThat(bed.publish("events.csv", Mode.APPEND, row(1, "what", "in"))).containsExactly(Effect.CREATED);
        assertThat(bed.publish("events.csv", Mode.APPEND, row(1, "what", "in"), row(2, "what", "out")))
                .containsExactly(Effect.REPEATED, Effect.CREATED);
        assertThat(bed.text("events.csv")).isEqualTo("id,what,caravan_id\n1,in,dedupe-1\n2,out,dedupe-2\n");
    }

    @Test
    void aMarkOfSpreadsheetsIsNoPartOfTheFirstColumn() throws IOException {
        Files.writeString(bed.file("x.csv"), "\uFEFFid,a\n1,b\n");
        assertThat(bed.publish("x.csv", Mode.UPSERT, row(1, "a", "c"))).containsExactly(Effect.CHANGED);
        assertThat(bed.text("x.csv")).isEqualTo("id,a\n1,c\n");
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsLeftAlone() throws IOException {
        Files.writeString(bed.file("x.csv"), "id,a\n1,2,3\n");
        assertRefused(Refusal.OBJECT);
        Files.write(bed.file("x.csv"), new byte[] {'i', 'd', '\n', (byte) 0xff, '\n'});
        assertRefused(Refusal.OBJECT);
        Files.writeString(bed.file("x.csv"), "other\n1\n");
        assertRefused(Refusal.COLUMN);
        Files.writeString(bed.file("x.csv"), "id,id\n1,2\n");
        assertRefused(Refusal.COLUMN);
    }

    private void assertRefused(Refusal refusal) throws IOException {
        byte[] before = Files.readAllBytes(bed.file("x.csv"));
        StoreAnswer answer =
                (StoreAnswer) FileBed.send(bed.transport(), "x.csv", bed.change(Mode.UPSERT, row(1, "a", "b")));
        assertThat(answer.told())
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(refusal));
        assertThat(Files.readAllBytes(bed.file("x.csv"))).isEqualTo(before);
        assertThat(bed.file(".x.csv.next")).doesNotExist();
    }

    @Test
    void aLookTellsTheColumns() throws IOException {
        assertThat(looked()).isEmpty();
        bed.publish("x.csv", Mode.UPSERT, row(1, "a", "b"));
        assertThat(looked()).extracting(Column::name).containsExactly("id", "a");
    }

    private java.util.List<Column> looked() {
        StoreAnswer answer = (StoreAnswer) bed.transport().send(StoreRequest.look("x.csv", FileBed.PATIENCE), "");
        return ((Columns) answer.told()).columns();
    }
}
