package dev.caravan.simulation.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.row.RowKey;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots go from worker to worker as files on shared storage do. */
class MemoryShelfTest {

    private static final Mapping MAPPING = EngineScenario.MODEL_KEY.mapping(false);
    private static final MappingId ID = EngineScenario.ID;

    private final MemoryShelf.Shared shared = new MemoryShelf.Shared();
    private final Worker one = new Worker(new MemoryEngine.Disk());
    private final Worker two = new Worker(new MemoryEngine.Disk());
    private long seq;

    private final class Worker {
        private final MemoryEngine engine;
        private final MemoryShelf shelf;

        Worker(MemoryEngine.Disk disk) {
            this.engine = new MemoryEngine(disk, new MemoryWarehouse(), CommitHook.NONE);
            this.shelf = new MemoryShelf(disk, shared, CommitHook.NONE);
        }

        /** A run: fetches, says which outcome it finds, and takes up one more. */
        long run(long epoch) {
            shelf.fetch(ID, epoch);
            try (EngineSession session = engine.open(MAPPING, RowKey.Equality.EXACT)) {
                long found = session.snapshot().appliedSeq();
                session.apply(List.<Settlement>of(new Settlement.Unresolved(++seq, new RowKey("s:k"), epoch))
                        .iterator());
                return found;
            }
        }
    }

    @Test
    void theNewestIsHandedOn() {
        assertThat(one.run(1)).isZero();
        one.shelf.publish(ID, 1);
        assertThat(two.run(2)).isEqualTo(1);
        two.shelf.publish(ID, 2);
        assertThat(one.run(3)).isEqualTo(2);
    }

    @Test
    void aWorkerThatLostItsLeasePutsNothingOverANewerOne() {
        one.run(1);
        two.run(2);
        two.shelf.publish(ID, 2);
        one.shelf.publish(ID, 1);
        assertThat(one.run(3)).isEqualTo(2);
    }

    @Test
    void whatACrashKeptFromTheShelfIsStillBetterThanAnOlderOne() {
        one.run(1);
        one.shelf.publish(ID, 1);
        one.run(2);
        assertThat(one.run(3)).isEqualTo(2);
        assertThat(two.run(4)).as("made up for from the ledger").isEqualTo(1);
        two.shelf.publish(ID, 4);
        assertThat(one.run(5)).isEqualTo(4);
    }

    @Test
    void aResetIsOfAllWorkersSnapshotsAndAStaleOneBringsNothingBack() {
        one.run(1);
        one.shelf.publish(ID, 1);
        two.run(2);
        one.shelf.reset(ID);
        two.shelf.publish(ID, 2);
        assertThat(two.run(3)).isZero();
        two.shelf.publish(ID, 3);
        assertThat(one.run(4)).isEqualTo(3);
    }
}
