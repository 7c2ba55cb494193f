package dev.caravan.store.sqlite;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.DiskFailure;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import dev.caravan.store.sql.db.Work;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One SQLite file: its writer and its readers. The file is for its owner alone. */
final class SqliteDatabase implements Database {

    private static final int BUSY_MILLIS = 10_000;
    private static final int PAGES_AT_ONCE = 100;

    private final Path file;
    private final Writer writer;
    private final Readers readers;

    private SqliteDatabase(Path file, Writer writer, Readers readers) {
        this.file = file;
        this.writer = writer;
        this.readers = readers;
    }

    /** Opens a file, makes it if there is none, and brings it to the newest version. */
    static SqliteDatabase open(Path file) {
        secure(file);
        Sql sql = connect(file, false);
        try {
            // Works for files that are made now; the room of older ones is used again, but stays theirs.
            sql.run("PRAGMA auto_vacuum = INCREMENTAL");
            sql.run("PRAGMA secure_delete = ON");
            Migrations.apply(sql);
            sql.run("PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            closing(sql);
            throw SqlFailure.of(e);
        } catch (CaravanException e) {
            closing(sql);
            throw e;
        }
        return new SqliteDatabase(file, new Writer(sql), new Readers(() -> connect(file, true)));
    }

    @Override
    public <T> T write(Work<T> work) {
        return writer.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        return readers.read(work);
    }

    @Override
    public <T> Stream<T> stream(Sql.Mapper<T> mapper, String query, @Nullable Object... parameters) {
        return readers.stream(mapper, query, parameters);
    }

    /** Pages go back a few at a time; then the log, which holds pages as they were before, is emptied. */
    @Override
    public void tidy() {
        boolean more = true;
        while (more) {
            more = giveBack();
        }
        Sql sql = connect(file, false);
        try {
            sql.run("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        } finally {
            closing(sql);
        }
    }

    /** Whether any page went. */
    private boolean giveBack() {
        return write(sql -> {
            long before = sql.number("PRAGMA freelist_count");
            sql.run("PRAGMA incremental_vacuum(" + PAGES_AT_ONCE + ")");
            return sql.number("PRAGMA freelist_count") < before;
        });
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }

    private static Sql connect(Path file, boolean reader) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setReadOnly(reader);
        try {
            return new Sql(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()), new SqliteDialect());
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /** SQLite gives its two companion files the rights of the main file. */
    private static void secure(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.exists(folder)) {
                Path parent = folder.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(folder);
                restrict(folder, "rwx------");
            }
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            restrict(file, "rw-------");
        } catch (IOException e) {
            throw DiskFailure.of(
                    "the ledger's file",
                    e.getMessage(),
                    "check that the state folder exists and that the worker's user may write it");
        }
    }

    private static void restrict(Path path, String rights) throws IOException {
        FileStore store = Files.getFileStore(path);
        if (store.supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        }
    }

    private static void closing(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }
}
