package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.engine.duckdb.read.StagedKey;
import dev.caravan.source.EngineSession.Counts;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The diff: one full join on key and hash; no other column is touched. What differs is noted by row, not yet fetched. The join
 * also tells where keys may repeat, since a snapshot holds each key once: that saves grouping all keys of a large model.
 */
public final class Diffing {

    /** Where the differences are noted: key, kind, row of the staged table, row of the snapshot, hash. */
    static final String TABLE = Db.TEMP + "differing";

    static final int ADDED = 0;
    static final int CHANGED = 1;
    static final int REMOVED = 2;
    private static final int LONG_GONE = 3;

    /** As it was, and due. */
    static final int DUE = 4;

    /** Changed, and due. */
    static final int CHANGED_DUE = 5;

    private static final String ROW = "\":row\"";
    private static final String TEXT = "\":key\"";

    private final Db db;
    private final SnapshotFile file;
    private final Staged staged;
    private final String definition;

    /**
     * A diff of one staged generation.
     *
     * @param definition the mapping's current field definition: rows accepted under another are candidates
     */
    public Diffing(Db db, SnapshotFile file, Staged staged, String definition) {
        this.db = db;
        this.file = file;
        this.staged = staged;
        this.definition = definition;
    }

    /**
     * Joins all staged rows, valid or not, with the snapshot and notes what differs. A key that any row has is not gone.
     *
     * @return a query for the keys among which some may repeat; empty if none can
     */
    public Optional<String> note() throws SQLException {
        boolean byColumns = columnsAreKeys();
        join(byColumns);
        if (byColumns && !staged.key().plain() && knownOtherwise()) {
            join(false);
        }
        return mayRepeat();
    }

    private void join(boolean byColumns) throws SQLException {
        StagedKey key = staged.key();
        String parts = byColumns ? Sql.names(key.names()) : key.text("s") + " AS " + TEXT;
        String knowing = byColumns ? String.join(", ", file.columns().physical(key.names())) : "key";
        String text = byColumns ? key.text("m") : "m." + TEXT;
        db.run("CREATE OR REPLACE TEMP TABLE " + TABLE + " AS SELECT " + text + " AS key, CASE WHEN m." + ROW
                + " IS NULL AND p.live THEN " + REMOVED + " WHEN m." + ROW + " IS NULL THEN " + LONG_GONE
                + " WHEN p.row_no IS NULL OR NOT p.live OR p.definition IS NULL THEN " + ADDED + " ELSE " + CHANGED
                + " END AS kind, m." + ROW + " AS staged_row, p.row_no AS known_row, m." + Staged.HASH
                + " AS hash FROM (SELECT " + parts + ", " + Staged.HASH + ", rowid AS " + ROW + " FROM " + Staged.TABLE
                + " AS s WHERE " + key.present("s") + ") AS m FULL OUTER JOIN (SELECT " + knowing
                + ", row_hash, live, dirty, definition, rowid AS row_no FROM " + file.table("rows") + ") AS p ON "
                + sameKey(byColumns) + " WHERE p.row_no IS NULL OR m." + ROW
                + " IS NULL OR NOT p.live OR p.dirty OR p.row_hash IS DISTINCT FROM m." + Staged.HASH + " OR "
                + otherDefinition());
    }

    /** Whether any staged row is among what {@link #note} noted. */
    public boolean anyRow() throws SQLException {
        return db.number("SELECT count(*) FROM " + TABLE + " WHERE staged_row IS NOT NULL") > 0;
    }

    private String sameKey(boolean byColumns) {
        return byColumns
                ? staged.key().names().stream()
                        .map(name -> "m." + Sql.name(name) + " = p."
                                + file.columns().get(name).physical())
                        .collect(Collectors.joining(" AND "))
                : "m." + TEXT + " = p.key";
    }

    /**
     * Whether a row without a partner has a key that the snapshot knows, only spelt otherwise. Where none has, the join on columns found
     * what a join on folded keys would: keys spelt alike are alike, and those that are left have no partner in any spelling.
     */
    private boolean knownOtherwise() throws SQLException {
        return db.number("SELECT count(*) FROM " + TABLE + " AS d JOIN " + file.table("rows")
                        + " AS p ON p.key = d.key WHERE d.known_row IS NULL")
                > 0;
    }

    /** Whether every row of the snapshot has the key columns that its key was made of, so that they can be joined on. */
    private boolean columnsAreKeys() throws SQLException {
        StagedKey key = staged.key();
        if (!file.meta().keyShape().equals(key.shape())) {
            return false;
        }
        String lacking = file.columns().physical(key.names()).stream()
                .map(column -> column + " IS NULL")
                .collect(Collectors.joining(" OR "));
        return db.number("SELECT count(*) FROM " + file.table("rows") + " WHERE " + lacking) == 0;
    }

    private Optional<String> mayRepeat() throws SQLException {
        Map<Integer, Long> kinds = kinds();
        long unmatched = db.number("SELECT count(*) FROM " + TABLE + " WHERE known_row IS NULL");
        long absent = kinds.getOrDefault(REMOVED, 0L) + kinds.getOrDefault(LONG_GONE, 0L);
        if (kinds.containsKey(LONG_GONE)) {
            db.run("DELETE FROM " + TABLE + " WHERE kind = " + LONG_GONE);
        }
        if (kinds.containsKey(REMOVED)) {
            db.run("UPDATE " + TABLE + " AS d SET key = p.key FROM " + file.table("rows")
                    + " AS p WHERE p.rowid = d.known_row AND d.kind = " + REMOVED);
        }
        String present = staged.key().present("s");
        long keyed = db.number("SELECT count(*) FROM " + Staged.TABLE + " AS s WHERE " + present);
        long known = db.number("SELECT count(*) FROM " + file.table("rows"));
        if (keyed - unmatched != known - absent) {
            return Optional.of(
                    "SELECT " + staged.key().text("s") + " AS key FROM " + Staged.TABLE + " AS s WHERE " + present);
        }
        return unmatched == 0 ? Optional.empty() : Optional.of("SELECT key FROM " + TABLE + " WHERE known_row IS NULL");
    }

    private Map<Integer, Long> kinds() throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        db.list(
                        "SELECT kind, count(*) FROM " + TABLE + " GROUP BY kind",
                        row -> Map.entry(row.getInt(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /**
     * What is left of the notes once bad rows are known.
     *
     * @param valid rows that keep the contract
     * @param invalid rows that do not: their keys are neither changed nor gone
     */
    public Counts counts(long valid, long invalid) throws SQLException {
        if (invalid > 0) {
            db.run("DELETE FROM " + TABLE + " WHERE staged_row IN (SELECT rowid FROM " + Staged.TABLE + " WHERE NOT ("
                    + staged.valid() + "))");
        }
        Map<Integer, Long> kinds = kinds();
        long added = kinds.getOrDefault(ADDED, 0L);
        long changed = kinds.getOrDefault(CHANGED, 0L);
        return new Counts(added, changed, kinds.getOrDefault(REMOVED, 0L), valid - added - changed);
    }

    private String otherDefinition() {
        List<Integer> current = file.definitions().idsOf(definition);
        return current.isEmpty()
                ? "true"
                : "p.definition IS NULL OR p.definition NOT IN "
                        + current.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
