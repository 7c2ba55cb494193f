package dev.caravan.store.sqlite;

import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** What a power cut leaves: wherever SQLite's log or main file tore, the ledger opens to exactly what was acknowledged before. */
class TornLogTest {

    private static final long SEED = 20_261_122;

    /** A thousand ledgers are opened and each is synced: a folder in memory spares the disk, where there is one. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "caravan-")
                    : Files.createTempDirectory("caravan-");
        }
    }

    @TempDir(factory = InMemory.class)
    private static Path folder;

    private static RecordedLedger recorded;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void recordOnce() throws IOException, SQLException {
        recorded = RecordedLedger.in(Files.createDirectory(folder.resolve("recorded")));
    }

    @Test
    void theRecordingHoldsManyTransactionsOfSeveralFrames() {
        assertThat(recorded.states().stream().map(RecordedLedger.State::tables).distinct())
                .hasSizeGreaterThan(30);
        assertThat(recorded.boundaries())
                .hasSizeGreaterThan(3 * recorded.states().size());
    }

    @Test
    void aLogThatEndsBetweenFramesOpensToTheLastWholeTransaction() throws IOException, SQLException {
        for (int end : recorded.boundaries()) {
            assertOpens(recorded.main(), Arrays.copyOf(recorded.log(), end), "ends at " + end);
        }
    }

    /** Every frame tears at three places, and each way in turn; frames that end a transaction in every way at each place. */
    @Test
    void aFrameThatTornAnywhereTakesItsTransactionWithItAndNoOther() throws IOException, SQLException {
        int frame = recorded.frame();
        int[] places = {5, RecordedLedger.FRAME_HEADER + 1_000, frame - 1};
        List<Integer> starts = recorded.boundaries();
        for (int i = 0; i < starts.size() - 1; i++) {
            int start = starts.get(i);
            for (int place = 0; place < places.length; place++) {
                int at = start + places[place];
                for (int way = 0; way < 3; way++) {
                    if (endsTransaction(start) || way == (i + place) % 3) {
                        assertOpens(recorded.main(), torn(way, at, start + frame), "way %d at %d".formatted(way, at));
                    }
                }
            }
        }
    }

    /** A frame names the size of the database if a transaction ends with it, else 0. */
    private static boolean endsTransaction(int start) {
        return ByteBuffer.wrap(recorded.log()).getInt(start + 4) != 0;
    }

    private byte[] torn(int way, int at, int end) {
        return switch (way) {
            case 0 -> Arrays.copyOf(recorded.log(), at);
            case 1 -> zeroed(at, end);
            default -> garbled(at, end);
        };
    }

    @Test
    void aLogWhoseOwnHeaderTornHoldsNothing() throws IOException, SQLException {
        for (int at : new int[] {0, 1, 9, RecordedLedger.LOG_HEADER - 1}) {
            assertOpens(recorded.main(), Arrays.copyOf(recorded.log(), at), "cut at " + at);
            assertOpens(recorded.main(), garbled(at, RecordedLedger.LOG_HEADER), "garbage from " + at);
        }
    }

    /** Pages are copied from the log into the main file while the log stays: half a copy is made again. */
    @Test
    void aMainFileThatTornDuringACheckpointIsMadeWholeFromTheLog() throws IOException, SQLException {
        byte[] after = checkpointed();
        int page = recorded.frame() - RecordedLedger.FRAME_HEADER;
        for (int number : pagesInLog()) {
            int at = (number - 1) * page;
            for (int torn : new int[] {0, page / 2, page}) {
                byte[] main = Arrays.copyOf(recorded.main(), Math.max(recorded.main().length, at + page));
                System.arraycopy(after, 0, main, 0, at);
                System.arraycopy(noise(page), 0, main, at, page);
                System.arraycopy(after, at, main, at, torn);
                assertOpens(main, recorded.log(), "page " + number + " written to " + torn);
            }
        }
    }

    /** After a checkpoint the log is written from its start again, over the frames it held before. */
    @Test
    void aLogThatStartedOverIsNotMixedWithWhatItHeldBefore() throws IOException, SQLException {
        Path file = place(recorded.main(), recorded.log());
        byte[] main;
        byte[] log;
        String before;
        String after;
        try (Ledger ledger = SqliteLedger.open(file, InstantSource.fixed(NOON))) {
            before = RecordedLedger.tables(file);
            run(file, "PRAGMA wal_checkpoint(FULL)");
            ledger.pause(new Scope.OnMapping(Planned.CONTACTS), new Decision("ada", "", NOON));
            after = RecordedLedger.tables(file);
            main = Files.readAllBytes(file);
            log = Files.readAllBytes(log(file));
        }
        int newest = Arrays.mismatch(log, recorded.log());
        assertThat(newest).as("it started over").isLessThan(RecordedLedger.LOG_HEADER);
        assertThat(log.length).as("and holds older frames").isGreaterThanOrEqualTo(recorded.log().length);
        assertThat(opened(main, log)).isEqualTo(after).isNotEqualTo(before);
        for (int at = RecordedLedger.LOG_HEADER; at < RecordedLedger.LOG_HEADER + recorded.frame(); at += 500) {
            byte[] torn = Arrays.copyOf(recorded.log(), recorded.log().length);
            System.arraycopy(log, 0, torn, 0, at);
            assertThat(opened(main, torn)).as("started over up to %d", at).isEqualTo(before);
        }
    }

    private static void assertOpens(byte[] main, byte[] log, String how) throws IOException, SQLException {
        int torn = Arrays.mismatch(log, recorded.log());
        RecordedLedger.State expected = recorded.after(torn < 0 ? log.length : torn);
        assertThat(opened(main, log))
                .as("%s of seed %d, after %s", how, SEED, expected.call())
                .isEqualTo(expected.tables());
    }

    private static String opened(byte[] main, byte[] log) throws IOException, SQLException {
        Path file = place(main, log);
        try (Ledger ledger = SqliteLedger.open(file, InstantSource.fixed(NOON))) {
            assertThat(ledger.lastSeq()).isNotNegative();
            return RecordedLedger.tables(file);
        }
    }

    private static Path place(byte[] main, byte[] log) throws IOException {
        Path file = folder.resolve("ledger.db");
        Files.deleteIfExists(folder.resolve("ledger.db-shm"));
        Files.write(file, main);
        Files.write(log(file), log);
        return file;
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static byte[] zeroed(int from, int to) {
        byte[] torn = recorded.log().clone();
        Arrays.fill(torn, from, to, (byte) 0);
        return torn;
    }

    private byte[] garbled(int from, int to) {
        byte[] torn = Arrays.copyOf(recorded.log(), to);
        System.arraycopy(noise(to - from), 0, torn, from, to - from);
        return torn;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] checkpointed() throws IOException, SQLException {
        Path file = place(recorded.main(), recorded.log());
        run(file, "PRAGMA wal_checkpoint(TRUNCATE)");
        return Files.readAllBytes(file);
    }

    private static Set<Integer> pagesInLog() {
        Set<Integer> pages = new TreeSet<>();
        List<Integer> ends = recorded.boundaries();
        for (int start : ends.subList(0, ends.size() - 1)) {
            pages.add(ByteBuffer.wrap(recorded.log()).getInt(start));
        }
        return pages;
    }

    private static void run(Path file, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
