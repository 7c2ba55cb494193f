package dev.caravan.app.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.MappingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers' own files beside what they share; the text of a file stands for a snapshot. */
class SharedSnapshotsTest {

    private static final MappingId LEADS = new MappingId("leads");

    @TempDir
    private Path folder;

    private SharedSnapshots worker(String name) {
        return new SharedSnapshots(folder.resolve(name), folder.resolve("shared"));
    }

    private Path own(String name) {
        return folder.resolve(name).resolve("leads.duckdb");
    }

    /** A run: fetches, finds this text, leaves that one. */
    private String run(String name, long epoch, String leaves) throws IOException {
        worker(name).fetch(LEADS, epoch);
        String found = Files.exists(own(name)) ? Files.readString(own(name)) : "";
        Files.writeString(own(name), leaves);
        return found;
    }

    private void publish(String name, long epoch) {
        worker(name).publish(LEADS, epoch);
    }

    private List<String> shelf() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("shared/leads"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theNewestIsHandedOnAndOlderOnesGo() throws IOException {
        assertThat(run("one", 1, "a")).isEmpty();
        publish("one", 1);
        assertThat(run("two", 2, "b")).isEqualTo("a");
        publish("two", 2);
        assertThat(run("one", 3, "c")).isEqualTo("b");
        publish("one", 3);
        assertThat(shelf()).containsExactly("3.duckdb");
    }

    @Test
    void aWorkerThatLostItsLeasePutsNothingOverANewerOne() throws IOException {
        run("one", 1, "stale");
        run("two", 2, "new");
        publish("two", 2);
        publish("one", 1);
        assertThat(shelf()).containsExactly("2.duckdb");
        assertThat(run("one", 3, "")).isEqualTo("new");
    }

    @Test
    void whatACrashKeptFromTheShelfIsStillBetterThanAnOlderOne() throws IOException {
        run("one", 1, "a");
        publish("one", 1);
        run("one", 2, "unpublished");
        assertThat(run("one", 3, "c")).isEqualTo("unpublished");
        assertThat(run("two", 4, "d")).as("made up for from the ledger").isEqualTo("a");
        publish("two", 4);
        assertThat(run("one", 5, "")).isEqualTo("d");
    }

    @Test
    void aResetIsOfAllWorkersFilesAndAStaleOneBringsNothingBack() throws IOException {
        run("one", 1, "a");
        publish("one", 1);
        run("two", 2, "b");
        worker("one").reset(LEADS);
        publish("two", 2);
        assertThat(shelf()).containsExactly("age");
        assertThat(run("two", 3, "fresh")).isEmpty();
        publish("two", 3);
        assertThat(run("one", 4, "")).isEqualTo("fresh");
    }

    /** As a key is forgotten: in the newest file, and in every other with it. */
    @Test
    void whatIsRewrittenHereReplacesWhatEverybodyHas() throws IOException {
        run("one", 1, "with key");
        publish("one", 1);
        run("two", 2, "with key");
        publish("two", 2);
        worker("one").fetch(LEADS, 3);
        worker("two").current(LEADS);
        Files.writeString(own("two"), "without");
        worker("two").replace(LEADS);
        publish("one", 3);
        assertThat(shelf()).containsExactly("2.duckdb", "age");
        assertThat(run("one", 4, "")).isEqualTo("without");
    }

    @Test
    void aFileWithALogBesideItIsNotWhole() throws IOException {
        run("one", 1, "half");
        Files.writeString(folder.resolve("one/leads.duckdb.wal"), "the rest");
        publish("one", 1);
        assertThat(folder.resolve("shared/leads")).doesNotExist();

        run("two", 2, "b");
        publish("two", 2);
        assertThat(run("one", 3, "")).isEqualTo("b");
        assertThat(folder.resolve("one/leads.duckdb.wal")).doesNotExist();
    }

    @Test
    void whatACopyThatWasCutOffLeftIsNeverRead() throws IOException {
        run("one", 1, "a");
        publish("one", 1);
        Files.writeString(folder.resolve("shared/leads/2-x.part"), "half");
        assertThat(run("two", 2, "b")).isEqualTo("a");
    }
}
