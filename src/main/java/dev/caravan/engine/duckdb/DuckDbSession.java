package dev.caravan.engine.duckdb;

import dev.caravan.contract.CheckResult;
import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.db.Instance;
import dev.caravan.engine.duckdb.read.Checking;
import dev.caravan.engine.duckdb.read.Sources;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.engine.duckdb.read.StagedRows;
import dev.caravan.engine.duckdb.read.Staging;
import dev.caravan.engine.duckdb.snapshot.Baseline;
import dev.caravan.engine.duckdb.snapshot.Changes;
import dev.caravan.engine.duckdb.snapshot.Diffing;
import dev.caravan.engine.duckdb.snapshot.Renewals;
import dev.caravan.engine.duckdb.snapshot.Settlements;
import dev.caravan.engine.duckdb.snapshot.Settling;
import dev.caravan.engine.duckdb.snapshot.SharedRecords;
import dev.caravan.engine.duckdb.snapshot.SnapshotFile;
import dev.caravan.mapping.Mapping;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.SnapshotState;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run's session: a connection, the attached snapshot, and what the run has found so far. */
final class DuckDbSession implements EngineSession {

    private final Db db;
    private final SnapshotFile file;
    private final Mapping mapping;
    private final Staging staging;
    private final Baseline baseline;
    private final Settling settling;
    private final Runnable release;
    private @Nullable Staged staged;
    private @Nullable CheckResult checked;
    private @Nullable Diffing diffing;
    private @Nullable Counts counts;
    private @Nullable Renewals renewals;

    private DuckDbSession(
            Db db, SnapshotFile file, Mapping mapping, Staging staging, String version, Runnable release) {
        this.db = db;
        this.file = file;
        this.mapping = mapping;
        this.staging = staging;
        this.baseline = new Baseline(file, version);
        this.settling = new Settling(file);
        this.release = release;
    }

    static DuckDbSession open(
            Instance instance,
            Sources sources,
            Path path,
            Mapping mapping,
            RowKey.Equality equality,
            Runnable release) {
        String name = mapping.id().value();
        Db db = guarded(name, instance::connect);
        boolean opened = false;
        try {
            RowKey.Equality own = mapping.keyEquality(equality);
            SnapshotFile file = guarded(name, () -> SnapshotFile.open(db, path, name, own, equality));
            RowKey.Equality keys = guarded(name, () -> file.tells(own)) ? own : equality;
            Staging staging = new Staging(db, sources, mapping, keys, equality);
            DuckDbSession session = new DuckDbSession(db, file, mapping, staging, instance.version(), release);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                db.close();
            }
        }
    }

    /** Something that asks the database. */
    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws SQLException;
    }

    private static <T> T guarded(String name, Asking<T> asking) {
        try {
            return asking.ask();
        } catch (SQLException failure) {
            throw Failures.state(failure, name);
        }
    }

    private <T> T guarded(Asking<T> asking) {
        return guarded(file.name(), asking);
    }

    @Override
    public SnapshotState snapshot() {
        return guarded(file::state);
    }

    @Override
    public long read() {
        staged = null;
        checked = null;
        counts = null;
        renewals = null;
        return guarded(() -> {
            file.keyedBy(mapping.target());
            Staged read = staging.read();
            baseline.align(read);
            staged = read;
            return db.number("SELECT count(*) FROM " + Staged.TABLE);
        });
    }

    @Override
    public CheckResult check() {
        Diffing notes = new Diffing(db, file, staged(), mapping.fields().definition());
        CheckResult result = guarded(() -> new Checking(db, staged()).check(notes.note(), notes.anyRow()));
        diffing = notes;
        checked = result;
        return result;
    }

    @Override
    public Counts diff() {
        CheckResult result = checked();
        Diffing notes = Objects.requireNonNull(diffing, "noted by check()");
        Counts found = guarded(() -> notes.counts(result.valid(), result.invalid()));
        counts = found;
        renewals = new Renewals(db, file, staged());
        return found;
    }

    @Override
    public Counts renew(long upTo, long most) {
        Counts before = counts;
        Renewals due = renewals;
        if (before == null || due == null) {
            throw new IllegalStateException("diff() comes before renew()");
        }
        Counts now = guarded(() -> due.take(before, upTo, most));
        counts = now;
        return now;
    }

    @Override
    public Stream<Change> changes() {
        if (counts == null) {
            throw new IllegalStateException("diff() comes before changes()");
        }
        Changes changes = new Changes(db, file, staged());
        boolean removals = checked().nullKeys() == 0;
        long count = guarded(() -> {
            long prepared = changes.prepare(removals);
            settling.waiting(new SharedRecords(db, file, staged(), changes).mark(prepared));
            return prepared;
        });
        return new ChangeStream(changes, settling, file.name(), count).stream();
    }

    @Override
    public void eachRow(Consumer<Row> told) {
        guarded(() -> {
            new StagedRows(db, staged(), file.table("rows")).each(told);
            return true;
        });
    }

    @Override
    public void same(RowKey key) {
        settling.same(key);
    }

    @Override
    public void apply(Iterator<Settlement> settlements) {
        guarded(() -> {
            new Settlements(file).apply(settlements);
            return true;
        });
    }

    @Override
    public void settle(Optional<String> target) {
        Optional<Staged> generation = counts != null ? Optional.of(staged()) : Optional.empty();
        Optional<Long> rows = counts != null ? Optional.of(checked().rows()) : Optional.empty();
        guarded(() -> {
            settling.settle(generation, mapping.fields().definition(), target, rows);
            return true;
        });
    }

    private Staged staged() {
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

    @Override
    public void close() {
        file.close();
        db.close();
        release.run();
    }
}
