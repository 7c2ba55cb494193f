package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.mapping.Target;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.SnapshotState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A mapping's snapshot file, attached for one session under a name that no model can guess. Its tables: {@code meta} (one
 * row), {@code definitions}, {@code columns} (image column to physical column) and {@code rows}.
 */
public final class SnapshotFile implements AutoCloseable {

    private final Db db;
    private final String name;
    private final String alias;
    private final Definitions definitions;
    private final ImageColumns columns;

    private SnapshotFile(Db db, String name, String alias) throws SQLException {
        this.db = db;
        this.name = name;
        this.alias = alias;
        this.definitions = new Definitions(db, table("definitions"));
        this.columns = new ImageColumns(db, this);
    }

    /**
     * Opens a file that is there.
     *
     * @param keys how its keys are told apart
     * @param older how they were when every snapshot's keys were folded as the destination's: one that was made so goes on so
     */
    public static SnapshotFile open(Db db, Path file, String name, RowKey.Equality keys, RowKey.Equality older)
            throws SQLException {
        String alias = alias();
        db.attach(file, alias, Db.Access.READ_WRITE);
        boolean usable = false;
        try {
            addKeySource(db, alias);
            SnapshotFile snapshot = new SnapshotFile(db, name, alias);
            snapshot.verify(keys(keys), keys(older));
            usable = true;
            return snapshot;
        } finally {
            if (!usable) {
                detach(db, alias);
            }
        }
    }

    /** Makes an empty snapshot. A kill, or a disk that is full, leaves a file that cannot be read: make it under another name. */
    public static void create(Db db, Path file, RowKey.Equality equality) throws SQLException {
        String alias = alias();
        db.attach(file, alias, Db.Access.READ_WRITE);
        try {
            tables(db, alias, keys(equality));
        } finally {
            db.detach(alias);
        }
    }

    /** Takes a log that a kill left into the file. A log that tore may end the instance that reads it: have it be one apart. */
    public static void replay(Db db, Path file) throws SQLException {
        String alias = alias();
        db.attach(file, alias, Db.Access.READ_WRITE);
        detach(db, alias);
    }

    private static String keys(RowKey.Equality equality) {
        return equality.toString().toLowerCase(Locale.ROOT);
    }

    /** Opens a file that is there as it is, whatever its destination takes for equal keys. */
    public static SnapshotFile existing(Db db, Path file, String name) throws SQLException {
        String alias = alias();
        db.attach(file, alias, Db.Access.READ_WRITE);
        boolean usable = false;
        try {
            addKeySource(db, alias);
            SnapshotFile snapshot = new SnapshotFile(db, name, alias);
            String keys = snapshot.meta().equality();
            snapshot.verify(keys, keys);
            usable = true;
            return snapshot;
        } finally {
            if (!usable) {
                detach(db, alias);
            }
        }
    }

    /** What the file says it has applied, read without writing to it. */
    public static long appliedSeq(Db db, Path file) throws SQLException {
        String alias = alias();
        db.attach(file, alias, Db.Access.READ_ONLY);
        try {
            return Meta.appliedSeq(db, alias + ".main.meta");
        } finally {
            detach(db, alias);
        }
    }

    private static String alias() {
        return "snapshot_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void tables(Db db, String alias, String keys) throws SQLException {
        String schema = alias + ".main.";
        db.inTransaction(() -> {
            db.run(Meta.schema(schema + "meta"));
            db.run("INSERT INTO " + schema + "meta VALUES (?, '', ?, '', 0, 0, NULL, NULL, NULL)", Meta.FORMAT, keys);
            db.run(Definitions.schema(schema + "definitions"));
            db.run(ImageColumns.schema(schema + "columns"));
            db.run("CREATE TABLE " + schema
                    + "rows (key VARCHAR NOT NULL, remote_id VARCHAR, created_by_us BOOLEAN NOT NULL,"
                    + " live BOOLEAN NOT NULL, dirty BOOLEAN NOT NULL, row_hash UBIGINT, definition INTEGER,"
                    + " withheld VARCHAR, last_run BIGINT)");
        });
    }

    /** Files of before it was kept lack the column. */
    private static void addKeySource(Db db, String alias) throws SQLException {
        db.run("ALTER TABLE " + alias + ".main.meta ADD COLUMN IF NOT EXISTS key_source VARCHAR");
    }

    /** Whether its keys are told apart like that. */
    public boolean tells(RowKey.Equality keys) throws SQLException {
        return meta().equality().equals(keys(keys));
    }

    private void verify(String keys, String older) throws SQLException {
        Meta meta = meta();
        if (meta.format() > Meta.FORMAT) {
            throw new RunFailure(Problem.of(
                    Code.SNAPSHOT_DAMAGED,
                    "snapshot " + name + " was written by a newer Caravan",
                    "run that version, or reset the mapping and approve a first sync"));
        }
        if (meta.equality().equals(keys)) {
            return;
        }
        if (db.number("SELECT count(*) FROM " + table("rows")) > 0) {
            if (meta.equality().equals(older)) {
                return;
            }
            throw new InvalidInput(Problem.of(
                    Code.TARGET_KEY,
                    "the destination compares keys otherwise than when snapshot " + name + " was made",
                    "reset the mapping and approve a first sync"));
        }
        db.run("UPDATE " + table("meta") + " SET equality = ?", keys);
    }

    /**
     * Makes sure that what fills the destination's key is what filled it for the rows that are there: else each row would go on with
     * what is known of another record (invariant I15). To be asked once outcomes of earlier runs are applied.
     */
    public void keyedBy(Target target) throws SQLException {
        String now = target.keySource().definition();
        Optional<String> before = meta().keySource();
        if (before.equals(Optional.of(now))) {
            return;
        }
        if (before.isPresent() && db.number("SELECT count(*) FROM " + table("rows")) > 0) {
            throw new InvalidInput(Problem.at(
                    Code.TARGET_KEY,
                    target.keyPlace(),
                    target.object() + "." + target.keyField() + " is filled by " + now + ", but when " + name
                            + " was synced by " + before.get() + ": rows would be taken for other records",
                    "put it back, or reset " + name + " and approve a first sync"));
        }
        db.run("UPDATE " + table("meta") + " SET key_source = ?", now);
    }

    /** A table of this snapshot, as SQL names it. */
    public String table(String table) {
        return alias + ".main." + table;
    }

    /** What the file says of itself now. */
    Meta meta() throws SQLException {
        return Meta.read(db, table("meta"));
    }

    /** The snapshot as a whole. Rows that nothing was ever accepted for are not live: the destination may not hold them. */
    public SnapshotState state() throws SQLException {
        Meta meta = meta();
        long live = db.number("SELECT count(*) FROM " + table("rows") + " WHERE live AND definition IS NOT NULL");
        long dirty = db.number("SELECT count(*) FROM " + table("rows") + " WHERE dirty");
        return new SnapshotState(meta.generation(), meta.appliedSeq(), live, dirty, meta.target(), meta.lastGoodRows());
    }

    Definitions definitions() {
        return definitions;
    }

    ImageColumns columns() {
        return columns;
    }

    Db db() {
        return db;
    }

    /** For messages: the mapping's id. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        detach(db, alias);
    }

    private static void detach(Db db, String alias) {
        try {
            db.detach(alias);
        } catch (SQLException failure) {
            Failures.ignored("detach of a snapshot", failure);
        }
    }
}
