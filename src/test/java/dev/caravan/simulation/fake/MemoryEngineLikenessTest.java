package dev.caravan.simulation.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.DuckDbEngine;
import dev.caravan.engine.duckdb.DuckDbSettings;
import dev.caravan.engine.duckdb.read.SourceConnection;
import dev.caravan.mapping.Mapping;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.row.RowKey;
import dev.caravan.row.Seed;
import dev.caravan.simulation.fake.EngineHistory.Outcome;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import dev.caravan.source.Engine;
import dev.caravan.source.EngineSession;
import dev.caravan.source.EngineSession.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine in memory finds, counts and remembers what DuckDB does, through random models, outcomes and crashes. */
class MemoryEngineLikenessTest {

    private static final int ROUNDS = Integer.getInteger("caravan.rounds", 20);

    @TempDir
    Path folder;

    private final MemoryEngine.Disk disk = new MemoryEngine.Disk();
    private final MemoryWarehouse warehouse = new MemoryWarehouse();
    private final List<Outcome> journal = new ArrayList<>();
    private final Map<String, Long> realHashes = new HashMap<>();
    private final Map<String, Long> fakeHashes = new HashMap<>();
    private final Map<String, Integer> met = new TreeMap<>();

    @ParameterizedTest
    @MethodSource("dev.caravan.simulation.fake.EngineScenario#all")
    void bothFindAlikeThroughRandomHistories(EngineScenario scenario) throws IOException {
        EngineHistory history = new EngineHistory(
                new Random(Seed.random().nextLong() + scenario.name().hashCode()), scenario);
        warehouse.create(EngineScenario.FILE, scenario.columns());
        try (Engine real = duckDb()) {
            for (int round = 0; round < ROUNDS; round++) {
                MemoryEngine fake = new MemoryEngine(disk, warehouse, CommitHook.NONE);
                String as = scenario + ", round " + round + ", " + Seed.text(0);
                assertThat(fake.appliedSeq(EngineScenario.ID)).as(as).isEqualTo(real.appliedSeq(EngineScenario.ID));
                if (history.once(12)) {
                    real.reset(EngineScenario.ID);
                    fake.reset(EngineScenario.ID);
                }
                Mapping mapping = scenario.mapping(history.once(5));
                EngineSession left = real.open(mapping, scenario.equality());
                EngineSession right = fake.open(mapping, scenario.equality());
                try (left) {
                    run(new Twins(left, right, history, mapping, round, as));
                }
                fake.kill();
                if (round % 3 == 2) {
                    assertThat(SnapshotFiles.of(disk))
                            .as(as)
                            .isEqualTo(SnapshotFiles.of(folder.resolve("snapshots/test.duckdb")));
                }
            }
        }
        System.out.println("MemoryEngineLikenessTest " + scenario + " " + Seed.text(0) + ": " + met);
        assertThat(met).containsKeys("Added", "Changed", "Changed, due", "Removed");
    }

    private Engine duckDb() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        return DuckDbEngine.start(new DuckDbSettings(
                "256MB",
                1,
                folder.resolve("tmp"),
                folder.resolve("snapshots"),
                Map.of("files", new SourceConnection.FilesFolder(files))));
    }

    /** One run on both sides. */
    private record Twins(
            EngineSession real, EngineSession fake, EngineHistory history, Mapping mapping, long run, String as) {}

    private void run(Twins twins) throws IOException {
        same(twins);
        // What an earlier run did not bring in, and much that it did.
        apply(twins, journal.subList(0, journal.size()));
        List<ModelRow> rows = twins.history().next();
        Path file = folder.resolve("files").resolve(EngineScenario.FILE);
        warehouse.fill(EngineScenario.FILE, rows);
        if (twins.history().once(9)) {
            Files.writeString(file, EngineHistory.csv(rows) + "\"k1,e1");
            warehouse.breakNextRead(EngineScenario.FILE);
            assertThat(failure(twins.fake())).as(twins.as()).isEqualTo(failure(twins.real()));
            return;
        }
        Files.writeString(file, EngineHistory.csv(rows));
        List<Change> changes = changes(twins);
        int before = journal.size();
        for (Change change : changes) {
            if (twins.history().same(change)) {
                twins.real().same(change.key());
                twins.fake().same(change.key());
            } else {
                journal.addAll(twins.history()
                        .outcomes(change, twins.mapping().fields().definition(), twins.run()));
            }
        }
        int applied = before + twins.history().upTo(journal.size() - before);
        apply(twins, journal.subList(before, twins.history().once(4) ? applied : journal.size()));
        if (!twins.history().once(4)) {
            Optional<String> target = twins.history().once(4) ? Optional.empty() : Optional.of("org/Lead/Key__c");
            twins.real().settle(target);
            twins.fake().settle(target);
            same(twins);
        }
    }

    private static Code failure(EngineSession session) {
        try {
            session.read();
            throw new AssertionError("it was read");
        } catch (CaravanException failure) {
            return failure.problems().getFirst().code();
        }
    }

    private static void same(Twins twins) {
        assertThat(twins.fake().snapshot())
                .as(twins.as())
                .isEqualTo(twins.real().snapshot());
    }

    private void apply(Twins twins, List<Outcome> outcomes) {
        twins.real()
                .apply(outcomes.stream()
                        .map(outcome -> outcome.with(key -> hash(realHashes, key)))
                        .iterator());
        twins.fake()
                .apply(outcomes.stream()
                        .map(outcome -> outcome.with(key -> hash(fakeHashes, key)))
                        .iterator());
        same(twins);
    }

    private static long hash(Map<String, Long> hashes, RowKey key) {
        return hashes.getOrDefault(key.encoded(), 0L);
    }

    private List<Change> changes(Twins twins) {
        assertThat(twins.fake().read()).as(twins.as()).isEqualTo(twins.real().read());
        assertThat(twins.fake().check()).as(twins.as()).isEqualTo(twins.real().check());
        Counts counts = twins.real().diff();
        assertThat(twins.fake().diff()).as(twins.as()).isEqualTo(counts);
        renew(twins);
        List<Change> expected = changes(twins.real(), realHashes);
        List<Change> found = changes(twins.fake(), fakeHashes);
        assertThat(found.stream().map(MemoryEngineLikenessTest::shown).toList())
                .as(twins.as())
                .isEqualTo(
                        expected.stream().map(MemoryEngineLikenessTest::shown).toList());
        expected.forEach(change -> met.merge(kind(change), 1, Integer::sum));
        return expected;
    }

    /** Some runs send again what was accepted some runs ago, a few rows and then some more. */
    private void renew(Twins twins) {
        long upTo = twins.run() - 1 - twins.history().upTo(2);
        for (int more = twins.history().upTo(2); more > 0; more--) {
            long most = twins.history().upTo(2);
            Counts counts = twins.real().renew(upTo, most);
            assertThat(twins.fake().renew(upTo, most)).as(twins.as()).isEqualTo(counts);
            met.merge(counts.due() > 0 ? "due and left" : "none left", 1, Integer::sum);
        }
    }

    private static List<Change> changes(EngineSession session, Map<String, Long> hashes) {
        try (Stream<Change> stream = session.changes()) {
            List<Change> changes = stream.toList();
            changes.forEach(change -> note(change, hashes));
            return changes;
        }
    }

    private static void note(Change change, Map<String, Long> hashes) {
        switch (change) {
            case Change.Added added -> hashes.put(added.key().encoded(), added.rowHash());
            case Change.Changed changed -> hashes.put(changed.key().encoded(), changed.rowHash());
            case Change.Early early -> note(early.change(), hashes);
            case Change.Wanted wanted -> {}
            case Change.Removed removed -> {}
            case Change.Shared shared -> {}
            case Change.TakenOver taken -> {}
        }
    }

    private static String kind(Change change) {
        return change.getClass().getSimpleName()
                + (change instanceof Change.Changed changed && changed.due() ? ", due" : "");
    }

    /** A change without its hash, which is the engine's own affair. */
    private static List<Object> shown(Change change) {
        return switch (change) {
            case Change.Added added -> List.of("+", added.key(), added.row(), added.known());
            case Change.Changed changed -> List.of("~", changed.key(), changed.row(), changed.known(), changed.due());
            case Change.Removed removed -> List.of("-", removed.key(), removed.known());
            case Change.Early early ->
                List.of(
                        "!",
                        early.left().stream()
                                .map(MemoryEngineLikenessTest::shown)
                                .toList(),
                        shown(early.change()));
            case Change.Wanted wanted -> List.of(">", wanted.moves(), shown(wanted.removed()));
            case Change.Shared shared -> List.of("?", shared.key());
            case Change.TakenOver taken -> List.of(taken.settled() ? "=" : "%", shown(taken.removed()));
        };
    }
}
