package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.source.EngineSession.Counts;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The diff: one full join on key and hash; no other column is touched. What differs is noted by row, not yet fetched. */
public final class Diffing {

    /** Where the differences are noted: key, kind, row of the staged table, row of the snapshot, hash. */
    static final String TABLE = Db.TEMP + "differing";

    static final int ADDED = 0;
    static final int CHANGED = 1;
    static final int REMOVED = 2;

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
     * Notes and counts what differs.
     *
     * @param valid rows that keep the contract
     * @param invalid rows that do not: their keys are neither changed nor gone
     */
    public Counts diff(long valid, long invalid) throws SQLException {
        db.run("CREATE OR REPLACE TEMP TABLE " + TABLE + " AS SELECT coalesce(m.key, p.key) AS key,"
                + " CASE WHEN m.key IS NULL THEN " + REMOVED
                + " WHEN p.key IS NULL OR NOT p.live OR p.definition IS NULL THEN " + ADDED
                + " ELSE " + CHANGED + " END AS kind, m.row_no AS staged_row, p.row_no AS known_row, m.hash AS hash"
                + " FROM (SELECT " + Staged.KEY + " AS key, " + Staged.HASH + " AS hash, rowid AS row_no FROM "
                + Staged.TABLE + " WHERE " + staged.valid() + ") AS m"
                + " FULL OUTER JOIN (SELECT key, row_hash, live, dirty, definition, rowid AS row_no FROM "
                + file.table("rows") + ") AS p ON m.key = p.key"
                + " WHERE p.key IS NULL OR (m.key IS NULL AND p.live) OR (m.key IS NOT NULL AND (NOT p.live OR p.dirty"
                + " OR p.row_hash IS DISTINCT FROM m.hash OR " + otherDefinition() + "))");
        if (invalid > 0) {
            db.run("DELETE FROM " + TABLE + " WHERE kind = " + REMOVED + " AND key IN (SELECT " + Staged.KEY + " FROM "
                    + Staged.TABLE + " WHERE NOT (" + staged.valid() + ") AND " + Staged.KEY + " IS NOT NULL)");
        }
        Map<Integer, Long> counts = new HashMap<>();
        db.list(
                        "SELECT kind, count(*) FROM " + TABLE + " GROUP BY kind",
                        row -> Map.entry(row.getInt(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        long added = counts.getOrDefault(ADDED, 0L);
        long changed = counts.getOrDefault(CHANGED, 0L);
        return new Counts(added, changed, counts.getOrDefault(REMOVED, 0L), valid - added - changed);
    }

    private String otherDefinition() {
        List<Integer> current = file.definitions().idsOf(definition);
        return current.isEmpty()
                ? "true"
                : "p.definition IS NULL OR p.definition NOT IN "
                        + current.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
