package dev.caravan.simulation.fake;

import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.Shelf;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hands snapshots from worker to worker, each of which has a disk of its own: what a run left is put out under its epoch, and only a
 * newer epoch takes its place. Commits are called {@code fetch} and {@code publish}; both are whole or not at all.
 */
public final class MemoryShelf implements Shelf {

    private final MemoryEngine.Disk own;
    private final Shared shared;
    private final Commits commits;

    /** A worker's way to what all workers share. */
    public MemoryShelf(MemoryEngine.Disk own, Shared shared, CommitHook hook) {
        this.own = own;
        this.shared = shared;
        this.commits = new Commits(shared, hook, "the shelf is closed");
    }

    /** What workers left for each other. It outlives them all. */
    public static final class Shared {

        private final Map<MappingId, Published> newest = new TreeMap<>();
        private final Map<MappingId, Long> ages = new TreeMap<>();

        private long age(MappingId mapping) {
            return ages.getOrDefault(mapping, 0L);
        }
    }

    /** The newest snapshot, by the epoch of the run that left it. */
    private record Published(long epoch, Snapshot snapshot) {}

    /**
     * What a worker's own snapshot is.
     *
     * @param epoch of the last run here that opened it
     * @param age how many resets there had been
     */
    record Note(long epoch, long age) {}

    @Override
    public void fetch(MappingId mapping, long epoch) {
        commits.commit("fetch", changes -> {
            Note note = own.notes.getOrDefault(mapping, new Note(0, 0));
            boolean past = note.age() != shared.age(mapping);
            Optional<Published> newer = Optional.ofNullable(shared.newest.get(mapping))
                    .filter(published -> past || published.epoch() > note.epoch());
            return changes.add(() -> {
                if (past) {
                    own.snapshots.remove(mapping);
                }
                newer.ifPresent(published -> own.snapshots.put(mapping, published.snapshot()));
                own.notes.put(mapping, new Note(epoch, shared.age(mapping)));
            });
        });
    }

    @Override
    public void publish(MappingId mapping, long epoch) {
        commits.commit("publish", changes -> {
            Published newest = shared.newest.get(mapping);
            Snapshot mine = own.snapshots.get(mapping);
            boolean stale = (newest != null && newest.epoch() >= epoch)
                    || !new Note(epoch, shared.age(mapping)).equals(own.notes.get(mapping));
            return !stale && mine != null && changes.add(() -> shared.newest.put(mapping, new Published(epoch, mine)));
        });
    }

    /** Before a mapping starts afresh: nobody goes on with what there was. */
    public void reset(MappingId mapping) {
        commits.commit(
                "resetShelf",
                changes -> changes.add(() -> {
                    shared.newest.remove(mapping);
                    shared.ages.merge(mapping, 1L, Long::sum);
                }));
    }

    /** Its process died. */
    public void kill() {
        commits.close();
    }
}
