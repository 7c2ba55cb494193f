package dev.caravan.engine.duckdb;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.db.Instance;
import dev.caravan.engine.duckdb.snapshot.Settlements;
import dev.caravan.engine.duckdb.snapshot.SnapshotCopy;
import dev.caravan.engine.duckdb.snapshot.SnapshotFile;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.DiskFailure;
import dev.caravan.row.RowKey;
import dev.caravan.source.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The snapshots' files, made so that a kill or a full disk leaves either a file that can be read or none. One call at a time for a
 * mapping.
 */
final class SnapshotFolder {

    private static final String MEMORY = "256MB";
    private static final String HALF = ".new";

    private final Path folder;
    private final Path temp;

    SnapshotFolder(Path folder, Path temp) {
        this.folder = folder;
        this.temp = temp;
    }

    /** Where a mapping's snapshot is, or will be. */
    Path file(MappingId mapping) {
        return folder.resolve(mapping.fileName() + ".duckdb");
    }

    /** Makes the file if there is none, and brings the log of a process that was killed into it. */
    Path ready(MappingId mapping, RowKey.Equality equality) {
        Path file = file(mapping);
        if (!Files.exists(file)) {
            apart(mapping, db -> make(db, file, equality));
        } else if (Files.exists(log(file))) {
            apart(mapping, db -> SnapshotFile.replay(db, file));
        }
        return file;
    }

    /** What a snapshot that is there says it has applied. */
    long appliedSeq(Db db, MappingId mapping) {
        Path file = file(mapping);
        long[] found = {0};
        if (Files.exists(log(file))) {
            apart(mapping, own -> found[0] = SnapshotFile.appliedSeq(own, file));
            return found[0];
        }
        try {
            return SnapshotFile.appliedSeq(db, file);
        } catch (SQLException failure) {
            throw Failures.state(failure, mapping.value());
        }
    }

    /** Deletes a snapshot. */
    void delete(MappingId mapping) {
        Path file = file(mapping);
        try {
            // The log first: without it the file is only older, while a log without its file belongs to nothing.
            Files.deleteIfExists(log(file));
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw DiskFailure.of(
                    "the snapshot of " + mapping,
                    failure.getMessage(),
                    "see who may write the folder of the snapshots");
        }
    }

    /** The keys of a snapshot for which this holds. */
    Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted) {
        Set<RowKey> found = new HashSet<>();
        Path file = file(mapping);
        if (Files.exists(file)) {
            apart(mapping, db -> {
                SnapshotFile.replay(db, file);
                found.addAll(SnapshotCopy.keys(db, file, wanted));
            });
        }
        return found;
    }

    /** Puts a file without these keys in place of one that has any of them; returns how many those are. */
    long forget(MappingId mapping, Set<RowKey> keys) {
        Set<RowKey> known = keys(mapping, keys::contains);
        if (!known.isEmpty()) {
            apart(mapping, db -> without(db, file(mapping), known));
        }
        return known.size();
    }

    private static void without(Db db, Path file, Set<RowKey> keys) throws SQLException, IOException {
        Path half = half(file);
        SnapshotCopy.without(db, file, half, keys);
        Files.deleteIfExists(log(file));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Applies outcomes to a snapshot that is there. */
    void takeUp(MappingId mapping, Iterator<Settlement> settlements) {
        apart(mapping, db -> {
            try (SnapshotFile snapshot = SnapshotFile.existing(db, file(mapping), mapping.value())) {
                new Settlements(snapshot).apply(settlements);
            }
        });
    }

    /** Half-made files of mappings that are not among these: their process was killed. */
    List<String> leftovers(Set<MappingId> busy) {
        Set<String> making = new HashSet<>();
        busy.forEach(mapping -> making.add(file(mapping).getFileName() + HALF));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.contains(".duckdb" + HALF) && making.stream().noneMatch(name::startsWith))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw folderFailed(failure);
        }
    }

    /** Deletes these. */
    List<String> removeLeftovers(Set<MappingId> busy) {
        List<String> left = leftovers(busy);
        for (String name : left) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException failure) {
                throw folderFailed(failure);
            }
        }
        return left;
    }

    private static RuntimeException folderFailed(IOException failure) {
        return DiskFailure.of(
                "the folder of the snapshots", failure.getMessage(), "see who may write the folder of the snapshots");
    }

    /** Where a file is made; nothing is there. */
    private static Path half(Path file) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + HALF);
        Files.deleteIfExists(log(half));
        Files.deleteIfExists(half);
        return half;
    }

    private static void make(Db db, Path file, RowKey.Equality equality) throws SQLException, IOException {
        Path half = half(file);
        SnapshotFile.create(db, half, equality);
        Files.deleteIfExists(log(file));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + ".wal");
    }

    /** What may fail on a single file. */
    @FunctionalInterface
    private interface Work {
        void on(Db db) throws SQLException, IOException;
    }

    /** In an instance of its own, since reading a log that tore ends the whole instance, with every other mapping's run. */
    private void apart(MappingId mapping, Work work) {
        try (Instance own = Instance.open(MEMORY, 1, temp, List.of(temp, folder), List.of());
                Db db = own.connect()) {
            work.on(db);
        } catch (SQLException failure) {
            throw Failures.state(failure, mapping.value());
        } catch (IOException failure) {
            throw DiskFailure.of(
                    "the snapshot of " + mapping,
                    failure.getMessage(),
                    "see who may write the folder of the snapshots");
        }
    }
}
