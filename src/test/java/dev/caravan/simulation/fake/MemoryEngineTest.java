package dev.caravan.simulation.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.diff.Change;
import dev.caravan.mapping.Mapping;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine in memory has beyond the real one's behaviour: crashes at commits, and processes that die or meet on a disk. */
class MemoryEngineTest {

    private static final Mapping MAPPING = EngineScenario.MODEL_KEY.mapping(false);
    private static final Settlement LOST = new Settlement.Unresolved(1, new RowKey("s:k1"), 1);

    private final MemoryEngine.Disk disk = new MemoryEngine.Disk();
    private final MemoryWarehouse warehouse = new MemoryWarehouse();
    private final Set<String> commits = new TreeSet<>();

    @BeforeEach
    void fill() {
        warehouse.create(EngineScenario.FILE, EngineScenario.MODEL_KEY.columns());
        warehouse.fill(EngineScenario.FILE, List.of(row("k1"), row("k2")));
    }

    private static ModelRow row(String id) {
        Map<String, Value> values = new HashMap<>();
        EngineScenario.MODEL_KEY.columns().forEach(column -> values.put(column.name(), Value.ofNull()));
        values.put("id", new Value.Text(id));
        return new ModelRow(new Row(values));
    }

    /** The end of a process. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private MemoryEngine engine() {
        return new MemoryEngine(disk, warehouse, CommitHook.NONE);
    }

    private MemoryEngine dyingBefore(String commit) {
        return new MemoryEngine(disk, warehouse, new CommitHook() {
            @Override
            public void beforeCommit(String call) {
                commits.add(call);
                if (call.equals(commit)) {
                    throw new Crash();
                }
            }
        });
    }

    private static EngineSession open(MemoryEngine engine) {
        return engine.open(MAPPING, RowKey.Equality.EXACT);
    }

    /** A whole run, and a fresh start after it. */
    private static void run(MemoryEngine engine) {
        try (EngineSession session = open(engine)) {
            session.read();
            session.check();
            session.diff();
            session.apply(List.of(LOST).iterator());
            session.settle(Optional.of("org"));
        }
        engine.reset(EngineScenario.ID);
    }

    @Test
    void aCrashBeforeACommitLeavesWhatTheCommitsBeforeItMade() {
        run(dyingBefore("never"));
        assertThat(commits).containsExactly("apply", "openSnapshot", "read", "resetSnapshot", "settle");
        for (String commit : List.copyOf(commits)) {
            MemoryEngine dying = dyingBefore(commit);
            List<Object> held = new ArrayList<>();
            assertThatThrownBy(() -> run(dying)).as(commit).isInstanceOf(Crash.class);
            held.add(disk.contents());
            dying.kill();
            assertThat(disk.contents()).as(commit).isEqualTo(held.getFirst());
            boolean applied = Set.of("settle", "resetSnapshot").contains(commit);
            try (EngineSession session = open(engine())) {
                assertThat(session.snapshot().appliedSeq()).as(commit).isEqualTo(applied ? 1 : 0);
                assertThat(session.snapshot().target().isPresent())
                        .as(commit)
                        .isEqualTo(commit.equals("resetSnapshot"));
            }
            engine().reset(EngineScenario.ID);
        }
    }

    @Test
    void aSnapshotIsOpenInOneProcessUntilThatClosesItOrDies() {
        MemoryEngine mine = engine();
        MemoryEngine theirs = engine();
        EngineSession session = open(mine);
        assertProblem(Code.RUN_BUSY, () -> open(mine));
        assertProblem(Code.RUN_BUSY, () -> mine.appliedSeq(EngineScenario.ID));
        assertProblem(Code.STATE_LOCKED, () -> open(theirs));
        assertProblem(Code.STATE_LOCKED, () -> theirs.reset(EngineScenario.ID));

        mine.kill();
        assertThatThrownBy(() -> session.apply(List.of(LOST).iterator())).isInstanceOf(IllegalStateException.class);
        EngineSession next = open(theirs);
        session.close();
        assertProblem(Code.RUN_BUSY, () -> open(theirs));
        next.close();
        assertThat(theirs.appliedSeq(EngineScenario.ID)).hasValue(0);
    }

    @Test
    void aReadThatBreaksOffStagesNothingAndTheNextOneIsWhole() {
        try (EngineSession session = open(engine())) {
            warehouse.breakNextRead(EngineScenario.FILE);
            assertProblem(Code.MODEL_UNREADABLE, session::read);
            assertThatThrownBy(session::check).isInstanceOf(IllegalStateException.class);
            assertThat(session.read()).isEqualTo(2);
            session.check();
            session.diff();
            try (Stream<Change> changes = session.changes()) {
                assertThat(changes).hasSize(2);
            }
        }
    }

    @Test
    void aReadThatWasMendedBeforeIsWhole() {
        try (EngineSession session = open(engine())) {
            warehouse.breakNextRead(EngineScenario.FILE);
            warehouse.mendReads(EngineScenario.FILE);
            assertThat(session.read()).isEqualTo(2);
        }
    }

    private static void assertProblem(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(code));
    }
}
