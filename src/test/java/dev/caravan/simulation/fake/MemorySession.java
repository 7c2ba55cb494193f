package dev.caravan.simulation.fake;

import dev.caravan.contract.CheckResult;
import dev.caravan.diff.Change;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.simulation.fake.Snapshot.Entry;
import dev.caravan.simulation.fake.SnapshotChanges.Diffed;
import dev.caravan.snapshot.SnapshotState;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run's session with a snapshot in memory. */
final class MemorySession implements EngineSession {

    private final MemoryEngine.Disk disk;
    private final Commits commits;
    private final MemoryWarehouse warehouse;
    private final Mapping mapping;
    private final RowKey.Equality equality;
    private final Runnable release;
    private @Nullable StagedRows staged;
    private @Nullable CheckResult checked;
    private @Nullable Differences differences;
    private @Nullable Counts counts;
    private @Nullable Set<String> same;

    MemorySession(
            MemoryEngine.Disk disk,
            Commits commits,
            MemoryWarehouse warehouse,
            Mapping mapping,
            RowKey.Equality equality,
            Runnable release) {
        this.disk = disk;
        this.commits = commits;
        this.warehouse = warehouse;
        this.mapping = mapping;
        this.equality = equality;
        this.release = release;
    }

    /** What lies on the disk; asked in a transaction or a read. */
    private Snapshot stored() {
        return Objects.requireNonNull(disk.snapshots.get(mapping.id()), "made when the session was opened");
    }

    private void store(String call, Snapshot before, Snapshot after) {
        commits.commit(
                call, changes -> before.equals(after) || changes.add(() -> disk.snapshots.put(mapping.id(), after)));
    }

    @Override
    public SnapshotState snapshot() {
        return commits.read(() -> stored().state());
    }

    @Override
    public long read() {
        staged = null;
        checked = null;
        counts = null;
        Snapshot found = commits.read(this::stored);
        Snapshot keyed = keyedBy(found, mapping.target());
        store("read", found, keyed);
        StagedRows read = new StagedRows(mapping, equality, warehouse.read(mapping.model()));
        store("read", keyed, aligned(keyed, read));
        staged = read;
        return read.rows().size();
    }

    /** Refuses a snapshot whose rows had their destination keys from something else (invariant I15). */
    private Snapshot keyedBy(Snapshot found, Target target) {
        String now = target.keySource().definition();
        Optional<String> before = found.keySource();
        if (before.equals(Optional.of(now))) {
            return found;
        }
        if (before.isPresent() && !found.rows().isEmpty()) {
            throw new InvalidInput(Problem.at(
                    Code.TARGET_KEY,
                    target.keyPlace(),
                    target.object() + "." + target.keyField() + " is filled by " + now + ", but when " + mapping.id()
                            + " was synced by " + before.get() + ": rows would be taken for other records",
                    "put it back, or reset " + mapping.id() + " and approve a first sync"));
        }
        return found.keyedBy(now);
    }

    /** Hashes the rows again from their images if other columns are hashed now. */
    private static Snapshot aligned(Snapshot found, StagedRows read) {
        if (found.hashed().equals(read.hashed())) {
            return found;
        }
        SortedMap<String, Entry> rows = new TreeMap<>(found.rows());
        Set<String> columns = new HashSet<>(read.hashed());
        rows.replaceAll((key, row) -> row.rowHash() == null
                ? row
                : row.hashed(row.definition() != null && row.image().hasAll(columns) ? read.hash(row.image()) : null));
        return found.hashedBy(read.hashed(), rows);
    }

    @Override
    public CheckResult check() {
        Differences notes = new Differences(
                commits.read(this::stored), staged(), mapping.fields().definition());
        CheckResult result = staged().check(notes.anyRow());
        differences = notes;
        checked = result;
        return result;
    }

    @Override
    public Counts diff() {
        Counts found = differences().counts(checked().valid());
        counts = found;
        return found;
    }

    @Override
    public Counts renew(long upTo, long most) {
        Counts now = differences().renew(Objects.requireNonNull(counts, "diff() comes first"), upTo, most);
        counts = now;
        return now;
    }

    @Override
    public Stream<Change> changes() {
        if (counts == null) {
            throw new IllegalStateException("diff() comes before changes()");
        }
        return differences().changes(checked().nullKeys() == 0).stream();
    }

    @Override
    public void eachRow(Consumer<Row> told) {
        staged().rows().stream()
                .filter(row -> row.valid() || row.key == null || isLive(row.key))
                .forEach(row -> told.accept(row.image));
    }

    private boolean isLive(String key) {
        Snapshot.Entry known = stored().rows().get(key);
        return known != null && known.live();
    }

    @Override
    public void same(RowKey key) {
        if (same == null) {
            same = new HashSet<>();
        }
        same.add(key.encoded());
    }

    @Override
    public void apply(Iterator<Settlement> settlements) {
        Snapshot before = commits.read(this::stored);
        store("apply", before, SnapshotChanges.apply(before, settlements));
    }

    @Override
    public void settle(Optional<String> target) {
        Snapshot before = commits.read(this::stored);
        Optional<Diffed> run = counts != null ? Optional.of(new Diffed(staged(), differences())) : Optional.empty();
        store(
                "settle",
                before,
                SnapshotChanges.settle(before, run, same, mapping.fields().definition(), target));
    }

    private StagedRows staged() {
        if (staged == null) {
            throw new IllegalStateException("read() comes first");
        }
        return staged;
    }

    private CheckResult checked() {
        if (checked == null) {
            throw new IllegalStateException("check() comes first");
        }
        return checked;
    }

    private Differences differences() {
        if (differences == null) {
            throw new IllegalStateException("check() comes first");
        }
        return differences;
    }

    @Override
    public void close() {
        release.run();
    }
}
