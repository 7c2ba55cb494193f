package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.mapping.Mapping;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill or a power cut leaves of a snapshot in the middle of applying: its state before or after, or one that is said damaged. */
class TornSnapshotTest {

    private static final long SEED = 20_261_122;

    @TempDir
    private Path folder;

    private Workbench bench;
    private final Mapping mapping = Mappings.csv("v").build();
    private final Mapping other = Mappings.csv("v").id("other").build();

    /** The file as the last session but one left it, and the log of the last one, after each of two sets of outcomes. */
    private byte[] main = {};

    private byte[] log = {};
    private int firstEnds;

    @BeforeEach
    void apply() throws IOException {
        bench = new Workbench(folder);
        bench.file("model.csv", "id,v\n" + rows(1) + rows(2) + rows(3));
        bench.sync(other);
        assertThat(applied(stored(1))).isEqualTo(20);
        main = Files.readAllBytes(file());
        try (EngineSession session = bench.open(mapping)) {
            session.apply(stored(2).iterator());
            firstEnds = (int) Files.size(log());
            session.apply(stored(3).iterator());
            log = Files.readAllBytes(log());
        }
        assertThat(bench.engine.appliedSeq(mapping.id())).hasValue(60);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aLogThatAKillCutEndsBeforeOrAfter() throws IOException {
        for (int cut : places()) {
            place(Arrays.copyOf(log, cut));
            long whole = cut >= log.length ? 60 : cut >= firstEnds ? 40 : 20;
            assertThat(bench.engine.appliedSeq(mapping.id()))
                    .as("looked at, cut at %d", cut)
                    .hasValue(whole);
            try (EngineSession session = bench.open(mapping)) {
                assertThat(session.snapshot().appliedSeq())
                        .as("cut at %d of %d", cut, log.length)
                        .isEqualTo(whole);
                assertThat(session.snapshot().liveRows()).isEqualTo(whole);
            }
        }
    }

    /** A log that cannot be replayed can end the whole instance; the runs of other mappings must not notice. */
    @Test
    void aLogThatTornIsNeverTakenForWholeAndEndsNoOtherRun() throws IOException {
        Random random = new Random(SEED);
        try (EngineSession going = bench.open(other)) {
            for (int at : places()) {
                for (boolean zeros : new boolean[] {true, false}) {
                    byte[] torn = log.clone();
                    byte[] noise = new byte[log.length - at];
                    if (!zeros) {
                        random.nextBytes(noise);
                    }
                    System.arraycopy(noise, 0, torn, at, noise.length);
                    place(torn);
                    assertBeforeOrAfterOrDamaged(Arrays.equals(torn, log), "torn at " + at + ", seed " + SEED);
                }
            }
            assertThat(going.read()).isEqualTo(60);
        }
    }

    private void assertBeforeOrAfterOrDamaged(boolean whole, String how) {
        try (EngineSession session = bench.open(mapping)) {
            assertThat(session.snapshot().appliedSeq()).as(how).isIn(whole ? List.of(60L) : List.of(20L, 40L));
            assertThat(session.snapshot().liveRows())
                    .as(how)
                    .isEqualTo(session.snapshot().appliedSeq());
        } catch (RunFailure damaged) {
            assertThat(damaged.problems().getFirst().code()).as(how).isEqualTo(Code.SNAPSHOT_DAMAGED);
            assertThat(damaged).hasMessageContaining("from the ledger");
        }
    }

    @Test
    void aSnapshotThatWasHalfMadeIsMadeAgain() throws IOException {
        bench.engine.reset(mapping.id());
        Files.write(file().resolveSibling("test.duckdb.new"), Arrays.copyOf(main, 5_000));
        Files.write(file().resolveSibling("test.duckdb.new.wal"), Arrays.copyOf(log, 50));
        Files.write(log(), log);
        assertThat(bench.engine.appliedSeq(mapping.id())).isEqualTo(OptionalLong.empty());
        assertThat(bench.plan(mapping).changes()).hasSize(60);
        try (var files = Files.list(bench.snapshots)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("test.duckdb", "other.duckdb");
        }
    }

    @Test
    void aFolderInPlaceOfASnapshotIsSaid() throws IOException {
        bench.engine.reset(mapping.id());
        Files.createDirectories(file());
        assertThat(catchThrowable(() -> bench.open(mapping)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("snapshot test");
    }

    private void place(byte[] left) throws IOException {
        Files.write(file(), main);
        Files.write(log(), left);
    }

    /** Every header and some of what follows. */
    private Set<Integer> places() {
        Set<Integer> places =
                new TreeSet<>(List.of(0, 1, 4, 9, 17, firstEnds - 1, firstEnds, firstEnds + 1, firstEnds + 9));
        IntStream.range(0, 24).map(i -> log.length * i / 24).forEach(places::add);
        places.addAll(List.of(log.length - 9, log.length - 1));
        return places;
    }

    private long applied(List<Settlement> settlements) {
        try (EngineSession session = bench.open(mapping)) {
            session.apply(settlements.iterator());
            session.settle(Optional.of("org/Lead/Key__c"));
            return session.snapshot().appliedSeq();
        }
    }

    private List<Settlement> stored(int set) {
        List<Settlement> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long seq = (set - 1) * 20L + i + 1;
            RowKey key = new RowKey("s:" + set + "-" + i);
            all.add(new Settlement.Stored(
                    seq,
                    key,
                    "R" + seq,
                    true,
                    seq,
                    mapping.fields().definition(),
                    new Row(Map.of("id", new Value.Text(set + "-" + i))),
                    Map.of(),
                    7));
        }
        return all;
    }

    private static String rows(int set) {
        return IntStream.range(0, 20)
                .mapToObj(i -> set + "-" + i + "," + i + "\n")
                .reduce("", String::concat);
    }

    private Path file() {
        return bench.snapshots.resolve("test.duckdb");
    }

    private Path log() {
        return bench.snapshots.resolve("test.duckdb.wal");
    }
}
