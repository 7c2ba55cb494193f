package dev.caravan.simulation.fake;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.Known;
import dev.caravan.source.Engine;
import dev.caravan.source.EngineSession;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The engine in memory: it reads a {@link MemoryWarehouse}, and its snapshots lie on a {@link Disk} that survives it. As a snapshot's file
 * is locked by the process that has it open, one that another engine on the same disk has open is refused ({@code state.locked})
 * until that one closes it or is {@linkplain #kill killed}. Commits are called {@code read} (what hashes and keys are made of, nothing
 * else), {@code apply}, {@code settle}, {@code resetSnapshot} and {@code openSnapshot} (a new empty one).
 *
 * <p>Left out: the contract's checks are not evaluated (see {@link MemoryWarehouse.ModelRow}), columns keep their type, and keys
 * that need surrogates are in the order of their chars.
 */
public final class MemoryEngine implements Engine {

    private final Disk disk;
    private final MemoryWarehouse warehouse;
    private final Commits commits;

    /** An engine over what a disk holds. */
    public MemoryEngine(Disk disk, MemoryWarehouse warehouse, CommitHook hook) {
        this.disk = disk;
        this.warehouse = warehouse;
        this.commits = new Commits(disk, hook, "the engine is closed");
    }

    /** What is committed, and who has it open. It outlives every engine. */
    public static final class Disk {

        final Map<MappingId, Snapshot> snapshots = new TreeMap<>();
        final Map<MappingId, MemoryShelf.Note> notes = new TreeMap<>();
        private final Map<MappingId, MemoryEngine> open = new TreeMap<>();

        /** What a mapping's snapshot says that the destination holds, by key: rows that are live and have no unresolved request. */
        public Map<String, Known> held(MappingId mapping) {
            synchronized (this) {
                Map<String, Known> held = new TreeMap<>();
                Snapshot snapshot = snapshots.get(mapping);
                if (snapshot != null) {
                    snapshot.rows().forEach((key, entry) -> {
                        if (entry.live() && !entry.dirty() && entry.definition() != null) {
                            held.put(key, entry.known());
                        }
                    });
                }
                return held;
            }
        }

        /** Canonical keys of which a mapping's snapshot does not know what became of the last request. */
        public Set<String> inDoubt(MappingId mapping) {
            synchronized (this) {
                Snapshot snapshot = snapshots.get(mapping);
                return snapshot == null
                        ? Set.of()
                        : snapshot.rows().entrySet().stream()
                                .filter(row -> row.getValue().dirty())
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet());
            }
        }

        /** All snapshots as they are now: equal only if nothing at all differs. */
        public Map<MappingId, Object> contents() {
            synchronized (this) {
                return new TreeMap<>(snapshots);
            }
        }
    }

    @Override
    public ModelSchema describe(Model model) {
        return warehouse.schema(model);
    }

    @Override
    public EngineSession open(Mapping mapping, RowKey.Equality keyEquality) {
        String keys = mapping.keyEquality(keyEquality).toString().toLowerCase(Locale.ROOT);
        claim(mapping.id());
        boolean opened = false;
        try {
            commits.commit("openSnapshot", changes -> {
                Snapshot known = disk.snapshots.get(mapping.id());
                if (known == null) {
                    changes.add(() -> disk.snapshots.put(mapping.id(), Snapshot.empty(keys)));
                } else if (!known.equality().equals(keys)) {
                    refold(mapping.id(), known);
                    changes.add(() -> disk.snapshots.put(mapping.id(), known.folding(keys)));
                }
                return true;
            });
            EngineSession session =
                    new MemorySession(disk, commits, warehouse, mapping, keyEquality, () -> release(mapping.id()));
            opened = true;
            return session;
        } finally {
            if (!opened) {
                release(mapping.id());
            }
        }
    }

    private static void refold(MappingId mapping, Snapshot known) {
        if (!known.rows().isEmpty()) {
            throw new InvalidInput(Problem.of(
                    Code.TARGET_KEY,
                    "the destination compares keys otherwise than when snapshot " + mapping + " was made",
                    "reset the mapping and approve a first sync"));
        }
    }

    @Override
    public OptionalLong appliedSeq(MappingId mapping) {
        return commits.read(() -> {
            Snapshot snapshot = disk.snapshots.get(mapping);
            if (snapshot == null) {
                return OptionalLong.empty();
            }
            refuseIfOpen(mapping);
            return OptionalLong.of(snapshot.appliedSeq());
        });
    }

    @Override
    public void reset(MappingId mapping) {
        commits.commit("resetSnapshot", changes -> {
            refuseIfOpen(mapping);
            return disk.snapshots.containsKey(mapping) && changes.add(() -> disk.snapshots.remove(mapping));
        });
    }

    private void claim(MappingId mapping) {
        commits.read(() -> {
            refuseIfOpen(mapping);
            return disk.open.put(mapping, this) == null;
        });
    }

    private void release(MappingId mapping) {
        synchronized (disk) {
            disk.open.remove(mapping, this);
        }
    }

    private void refuseIfOpen(MappingId mapping) {
        MemoryEngine owner = disk.open.get(mapping);
        if (owner != null) {
            throw owner == this ? busy(mapping) : locked(mapping);
        }
    }

    private static CaravanException busy(MappingId mapping) {
        return new RunFailure(Problem.of(
                Code.RUN_BUSY, "the snapshot of " + mapping + " is in use", "wait for the mapping's run to end"));
    }

    private static CaravanException locked(MappingId mapping) {
        return new EnvironmentFailure(Problem.of(
                Code.STATE_LOCKED, "snapshot " + mapping + " is open in another process", "stop that process"));
    }

    /** Its process died: what it had open is free, and every later call to it or its sessions is refused, but for closing. */
    public void kill() {
        commits.close();
        synchronized (disk) {
            disk.open.values().removeIf(owner -> owner == this);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
