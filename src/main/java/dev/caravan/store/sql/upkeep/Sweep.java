package dev.caravan.store.sql.upkeep;

import dev.caravan.ledger.Upkeep.Mark;
import dev.caravan.ledger.Upkeep.Swept;
import dev.caravan.mapping.MappingId;
import dev.caravan.row.RowKey;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a mapping's old runs, oldest first, a page of plan rows at a time. What may be touched is found by readers, since what
 * may be touched once may always be; only the touching itself is in transactions, each of a few rows.
 */
abstract sealed class Sweep permits Pruning, Erasing {

    private static final int PAGE = 2_000;
    /** Some milliseconds of the one writer's time. */
    private static final int AT_ONCE = 100;

    /** Its parameters: mapping, first run, before, applied, before. An alias {@code r} for what a sweep adds. */
    private static final String RUNS = """
            SELECT r.id FROM run r
            WHERE r.mapping = ? AND r.id >= ? AND r.state <> 'RUNNING' AND coalesce(r.finished, r.started) < ?
            AND NOT EXISTS (SELECT 1 FROM plan h WHERE h.run = r.id AND h.state = 'HELD')
            AND NOT EXISTS (SELECT 1 FROM batch b LEFT JOIN completion c ON c.batch = b.id
                WHERE b.run = r.id AND (c.batch IS NULL OR c.last_seq > ? OR c.at >= ?))
            AND\s""";

    /** A row whose key is still known. */
    static final String KNOWN = "substr(p.key, 1, " + RowKey.FORGOTTEN.length() + ") <> '" + RowKey.FORGOTTEN + "'";

    /** A row with a request of which nobody knows the end, unless the key was accepted later or forgotten, or the mapping reset. */
    static final String UNRESOLVED = KNOWN + """
             AND EXISTS (SELECT 1 FROM batch_row u
                JOIN outcome o ON o.batch = u.batch AND o.ordinal = u.ordinal AND o.kind = 'unknown'
                JOIN subject s ON s.id = u.subject
                WHERE u.run = p.run AND u.ordinal = p.ordinal
                AND o.seq > coalesce((SELECT f.seq FROM fresh_start f WHERE f.mapping = s.mapping), 0)
                AND NOT EXISTS (SELECT 1 FROM batch_row n
                    JOIN outcome a ON a.batch = n.batch AND a.ordinal = n.ordinal AND a.kind IN ('accepted', 'unchanged')
                    WHERE n.subject = u.subject AND n.batch > u.batch))""";

    final Database db;

    Sweep(Database db) {
        this.db = db;
    }

    /** What a run must be besides old, ended, taken up and decided. */
    abstract String runs();

    /** The condition under which a plan row {@code p} stays as it is. */
    abstract String stays();

    /** Touches these rows of a run. */
    abstract int touch(Sql sql, MappingId mapping, long run, List<Long> ordinals) throws SQLException;

    /** Ends a run of which every page was swept. */
    abstract void ended(MappingId mapping, long run);

    /** One page. */
    final Swept sweep(MappingId mapping, long applied, Instant before, Mark from) {
        Optional<Long> found = db.read(sql -> sql.first(
                RUNS + runs() + " ORDER BY r.id LIMIT 1",
                row -> row.getLong(1),
                mapping,
                from.run(),
                before,
                applied,
                before));
        if (found.isEmpty()) {
            return new Swept(0, Optional.empty());
        }
        long run = found.get();
        long after = run == from.run() ? from.ordinal() : -1;
        List<Judged> page = db.read(sql -> sql.all(
                "SELECT p.ordinal, CASE WHEN " + stays() + " THEN 1 ELSE 0 END AS stays FROM plan_row p"
                        + " WHERE p.run = ? AND p.ordinal > ? ORDER BY p.ordinal LIMIT ?",
                row -> new Judged(row.getLong("ordinal"), row.getInt("stays") == 1),
                run,
                after,
                PAGE));
        long touched = touch(mapping, run, page);
        if (page.size() == PAGE) {
            return new Swept(touched, Optional.of(new Mark(run, page.getLast().ordinal())));
        }
        ended(mapping, run);
        return new Swept(touched, Optional.of(new Mark(run + 1, -1)));
    }

    private record Judged(long ordinal, boolean stays) {}

    private long touch(MappingId mapping, long run, List<Judged> page) {
        List<Long> loose =
                page.stream().filter(row -> !row.stays()).map(Judged::ordinal).toList();
        for (int from = 0; from < loose.size(); from += AT_ONCE) {
            List<Long> some = loose.subList(from, Math.min(from + AT_ONCE, loose.size()));
            db.write(Gate.through(sql -> {
                raiseFloor(sql, mapping, run, some);
                return touch(sql, mapping, run, some);
            }));
        }
        return loose.size();
    }

    /** Says from where on the outcomes that remain are whole. */
    private static void raiseFloor(Sql sql, MappingId mapping, long run, List<Long> ordinals) throws SQLException {
        long floor = 0;
        for (long ordinal : ordinals) {
            floor = Math.max(
                    floor,
                    sql.number(
                            "SELECT max(o.seq) FROM batch_row b JOIN outcome o ON o.batch = b.batch"
                                    + " AND o.ordinal = b.ordinal WHERE b.run = ? AND b.ordinal = ?",
                            run,
                            ordinal));
        }
        if (floor > 0) {
            sql.update(
                    "INSERT INTO journal_floor (mapping, seq) VALUES (?, ?) ON CONFLICT (mapping) DO UPDATE SET seq ="
                            + " CASE WHEN excluded.seq > journal_floor.seq THEN excluded.seq ELSE journal_floor.seq END",
                    mapping,
                    floor);
        }
    }
}
