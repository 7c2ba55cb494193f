package dev.caravan.source;

import dev.caravan.mapping.MappingId;
import dev.caravan.row.RowKey;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is done to snapshots outside of runs, also of mappings whose files are gone. Each call has the snapshot to itself: it fails with
 * {@code run.busy} while a session has it open.
 */
public interface SnapshotUpkeep {

    /** The keys of a snapshot for which this holds; none if there is no snapshot. Looks at every one. */
    Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted);

    /**
     * Takes keys out of a snapshot, and writes its file anew, so that nothing of them is left in it. A crash leaves the old file or the
     * new one. Each key that the model still has is an add of the next run.
     *
     * @return how many of them it had
     */
    long forget(MappingId mapping, Set<RowKey> keys);

    /** Applies outcomes to a snapshot as {@link EngineSession#apply} does. There must be one. */
    void takeUp(MappingId mapping, Iterator<Settlement> settlements);

    /** Files beside the snapshots that a crash left and nothing needs, by name. */
    List<String> leftovers();

    /** Deletes these, and returns the names of those that were there. */
    List<String> removeLeftovers();
}
