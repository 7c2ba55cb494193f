package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches what a diff noted: both images of the differing rows are laid out once in key order (bytes of the UTF-8 text), then
 * come over in chunks, so that neither heap nor the connection is held by a stream.
 */
public final class Changes {

    /** What was laid out: column {@link #KEY} is the key, {@link #SHARED} how another row means the same record. */
    static final String TABLE = Db.TEMP + "fetched";

    static final String KEY = "f0";
    static final String SHARED = "shared";

    /** No other row does. */
    static final int ALONE = 0;

    /** Another row does, or wants to. */
    static final int MEANT = 1;

    /** Another row does that was accepted before and is no change now. */
    static final int SETTLED = 2;

    /** Another row does no longer, but its record may be there still. */
    static final int EARLY = 3;

    /** Left, and a row that has a record of its own gets its destination key. */
    static final int WANTED = 4;

    /** That row, or the one of {@link #PASSED}. */
    static final int FREED = 5;

    /** Left, and another row gets its destination key. */
    static final int PASSED = 6;

    private final Db db;
    private final SnapshotFile file;
    private final Staged staged;
    private final List<String> known;

    /** The changes of the last diff. */
    public Changes(Db db, SnapshotFile file, Staged staged) {
        this.db = db;
        this.file = file;
        this.staged = staged;
        this.known = List.copyOf(file.columns().all().keySet());
    }

    /** Lays the rows out; returns how many there are. */
    public long prepare(boolean removals) throws SQLException {
        if (db.number("SELECT count(*) FROM " + Diffing.TABLE) == 0) {
            return 0;
        }
        List<String> columns = new ArrayList<>(List.of(
                "d.key",
                "d.kind",
                "d.hash",
                "p.remote_id",
                "p.created_by_us",
                "p.dirty",
                "p.live",
                "p.definition",
                "p.withheld"));
        staged.columns().forEach((name, type) -> columns.add(type.wire("m." + Sql.name(name))));
        known.forEach(name -> columns.add(file.columns()
                .get(name)
                .type()
                .wire("p." + file.columns().get(name).physical())));
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            numbered.add(columns.get(i) + " AS f" + i);
        }
        db.run("CREATE OR REPLACE TEMP TABLE " + TABLE + " AS SELECT " + String.join(", ", numbered) + ", " + ALONE
                + " AS " + SHARED + " FROM "
                + Diffing.TABLE + " AS d LEFT JOIN " + Staged.TABLE + " AS m ON m.rowid = d.staged_row LEFT JOIN "
                + file.table("rows") + " AS p ON p.rowid = d.known_row"
                + (removals ? "" : " WHERE d.kind <> " + Diffing.REMOVED) + " ORDER BY d.key");
        withoutTaken();
        return db.number("SELECT count(*) FROM " + TABLE);
    }

    /** What is known of a key that left is not said of the record that another row has by now. */
    private void withoutTaken() throws SQLException {
        String back = " WHERE f1 = " + Diffing.ADDED + " AND NOT f6 AND f3 IS NOT NULL";
        if (db.number("SELECT count(*) FROM " + TABLE + back) > 0) {
            db.run("UPDATE " + TABLE + " SET f3 = NULL, f4 = false" + back + " AND f3 IN (SELECT remote_id FROM "
                    + file.table("rows") + " WHERE live AND remote_id IS NOT NULL)");
        }
    }

    /** The changes from one position to the next, in order. */
    public List<Change> fetch(long from, long to) throws SQLException {
        Map<RowKey, List<Change.Wanted>> left = FreedKeys.left(db, from, to, this::wanted);
        return db.list(
                "SELECT * FROM " + TABLE + " WHERE rowid >= ? AND rowid < ? ORDER BY rowid",
                row -> change(row, left),
                from,
                to);
    }

    /** Those of them whose keys left. */
    List<Change> fetchRemovals(long from, long to) throws SQLException {
        return db.list(
                "SELECT * FROM " + TABLE + " WHERE rowid >= ? AND rowid < ? AND f1 = " + Diffing.REMOVED,
                row -> change(row, Map.of()),
                from,
                to);
    }

    /** How many keys left. */
    long removals() throws SQLException {
        return db.number("SELECT count(*) FROM " + TABLE + " WHERE f1 = " + Diffing.REMOVED);
    }

    /** Gives the room back. */
    public void drop() throws SQLException {
        db.run("DROP TABLE IF EXISTS " + TABLE);
        FreedKeys.drop(db);
    }

    private Change.Wanted wanted(ResultSet row) throws SQLException {
        return new Change.Wanted(removed(row), row.getInt(SHARED) == WANTED);
    }

    private Change.Removed removed(ResultSet row) throws SQLException {
        return new Change.Removed(new RowKey(row.getString(1)), known(row).orElseThrow());
    }

    private Change change(ResultSet row, Map<RowKey, List<Change.Wanted>> left) throws SQLException {
        RowKey key = new RowKey(row.getString(1));
        int kind = row.getInt(2);
        int shared = row.getInt(SHARED);
        if (shared == MEANT || shared == SETTLED) {
            return kind == Diffing.REMOVED
                    ? new Change.TakenOver(removed(row), shared == SETTLED)
                    : new Change.Shared(key);
        }
        if (shared == WANTED || shared == PASSED) {
            return wanted(row);
        }
        Change change = change(row, key, kind);
        return shared == EARLY || shared == FREED
                ? new Change.Early(change, shared == FREED ? left.getOrDefault(key, List.of()) : List.of())
                : change;
    }

    private Change change(ResultSet row, RowKey key, int kind) throws SQLException {
        Optional<Known> before = known(row);
        return switch (kind) {
            case Diffing.ADDED -> new Change.Added(key, image(row), hash(row), before);
            case Diffing.CHANGED -> new Change.Changed(key, image(row), hash(row), before.orElseThrow());
            case Diffing.DUE, Diffing.CHANGED_DUE ->
                new Change.Changed(key, image(row), hash(row), before.orElseThrow(), true);
            default -> removed(row);
        };
    }

    private static long hash(ResultSet row) throws SQLException {
        return ((BigInteger) row.getObject(3)).longValue();
    }

    private Row image(ResultSet row) throws SQLException {
        Map<String, Value> values = new LinkedHashMap<>();
        int column = 10;
        for (Map.Entry<String, ColumnType> entry : staged.columns().entrySet()) {
            values.put(entry.getKey(), entry.getValue().read(row, column++));
        }
        return new Row(values);
    }

    private Optional<Known> known(ResultSet row) throws SQLException {
        boolean created = row.getBoolean(5);
        if (row.wasNull()) {
            return Optional.empty();
        }
        boolean dirty = row.getBoolean(6);
        boolean left = !row.getBoolean(7);
        int id = row.getInt(8);
        boolean accepted = !row.wasNull();
        return Optional.of(new Known(
                row.getString(4),
                created,
                dirty,
                left,
                accepted ? file.definitions().get(id).text() : "",
                Withheld.read(row.getString(9)),
                accepted ? accepted(row, id) : Row.EMPTY));
    }

    private Row accepted(ResultSet row, int id) throws SQLException {
        Map<String, Value> values = new LinkedHashMap<>();
        int column = 10 + staged.columns().size();
        for (String name : known) {
            if (file.definitions().get(id).columns().contains(name)) {
                values.put(name, file.columns().get(name).type().read(row, column));
            }
            column++;
        }
        return new Row(values);
    }
}
