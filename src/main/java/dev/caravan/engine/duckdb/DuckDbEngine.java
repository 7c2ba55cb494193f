package dev.caravan.engine.duckdb;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.db.Instance;
import dev.caravan.engine.duckdb.read.Attachments;
import dev.caravan.engine.duckdb.read.ModelColumns;
import dev.caravan.engine.duckdb.read.Sources;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.source.Engine;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import dev.caravan.source.SnapshotUpkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The engine over one in-memory DuckDB instance. Each call and each session has its own connection to it. */
public final class DuckDbEngine implements Engine, SnapshotUpkeep {

    private final Instance instance;
    private final Sources sources;
    private final SnapshotFolder snapshots;
    private final Set<MappingId> open = ConcurrentHashMap.newKeySet();

    private DuckDbEngine(Instance instance, Sources sources, SnapshotFolder snapshots) {
        this.instance = instance;
        this.sources = sources;
        this.snapshots = snapshots;
    }

    /** Starts the instance. Folders are made if absent; connections that do not exist yet fail when they are read. */
    public static DuckDbEngine start(DuckDbSettings settings) {
        Places places = Places.of(settings);
        Instance instance =
                Instance.open(settings.memory(), settings.threads(), places.temp(), places.folders(), places.files());
        return new DuckDbEngine(
                instance,
                new Sources(places.connections(), new Attachments(instance)),
                new SnapshotFolder(places.snapshots(), places.temp()));
    }

    @Override
    public ModelSchema describe(Model model) {
        try (Db db = instance.connect()) {
            return ModelColumns.describe(db, sources, model);
        } catch (SQLException failure) {
            throw Failures.reading(failure, model.place(), model.connection());
        }
    }

    @Override
    public EngineSession open(Mapping mapping, RowKey.Equality keyEquality) {
        claim(mapping.id());
        boolean opened = false;
        try {
            Path file = snapshots.ready(mapping.id(), mapping.keyEquality(keyEquality));
            EngineSession session =
                    DuckDbSession.open(instance, sources, file, mapping, keyEquality, () -> open.remove(mapping.id()));
            opened = true;
            return session;
        } finally {
            if (!opened) {
                open.remove(mapping.id());
            }
        }
    }

    @Override
    public void reset(MappingId mapping) {
        claim(mapping);
        try {
            snapshots.delete(mapping);
        } finally {
            open.remove(mapping);
        }
    }

    @Override
    public OptionalLong appliedSeq(MappingId mapping) {
        if (!Files.exists(snapshots.file(mapping))) {
            return OptionalLong.empty();
        }
        // A run that starts meanwhile waits for this short look instead of finding the file taken.
        synchronized (open) {
            refuseIf(open.contains(mapping), mapping);
            try (Db db = instance.connect()) {
                return OptionalLong.of(snapshots.appliedSeq(db, mapping));
            } catch (SQLException failure) {
                throw Failures.state(failure, mapping.value());
            }
        }
    }

    @Override
    public Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted) {
        return alone(mapping, () -> snapshots.keys(mapping, wanted));
    }

    @Override
    public long forget(MappingId mapping, Set<RowKey> keys) {
        return alone(mapping, () -> snapshots.forget(mapping, keys));
    }

    @Override
    public void takeUp(MappingId mapping, Iterator<Settlement> settlements) {
        alone(mapping, () -> {
            snapshots.takeUp(mapping, settlements);
            return mapping;
        });
    }

    @Override
    public List<String> leftovers() {
        synchronized (open) {
            return snapshots.leftovers(open);
        }
    }

    @Override
    public List<String> removeLeftovers() {
        synchronized (open) {
            return snapshots.removeLeftovers(open);
        }
    }

    private <T> T alone(MappingId mapping, Supplier<T> action) {
        claim(mapping);
        try {
            return action.get();
        } finally {
            open.remove(mapping);
        }
    }

    private void claim(MappingId mapping) {
        synchronized (open) {
            refuseIf(!open.add(mapping), mapping);
        }
    }

    private static void refuseIf(boolean taken, MappingId mapping) {
        if (taken) {
            throw new RunFailure(Problem.of(
                    Code.RUN_BUSY, "the snapshot of " + mapping + " is in use", "wait for the mapping's run to end"));
        }
    }

    @Override
    public void close() {
        instance.close();
    }
}
