package dev.caravan.engine.duckdb;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.db.Instance;
import dev.caravan.engine.duckdb.snapshot.SnapshotFile;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.DiskFailure;
import dev.caravan.row.RowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;

/**
 * The snapshots' files, made so that a kill or a full disk leaves either a file that can be read or none. One call at a time for a
 * mapping.
 */
final class SnapshotFolder {

    private static final String MEMORY = "256MB";

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

    private static void make(Db db, Path file, RowKey.Equality equality) throws SQLException, IOException {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(log(half));
        Files.deleteIfExists(half);
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
