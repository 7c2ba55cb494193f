package dev.caravan.store.sql;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.run.Accounting;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the rows of plans ended (invariant I9), and what was ever sent for a key. */
final class Books {

    /** How a plan row's last request ended: {@code open} while unanswered, null if there was none. */
    private static final String LAST = """
            (SELECT coalesce(o.kind, 'open') FROM batch_row b
             LEFT JOIN outcome o ON o.batch = b.batch AND o.ordinal = b.ordinal
             WHERE b.run = p.run AND b.ordinal = p.ordinal ORDER BY b.batch DESC LIMIT 1)""";

    /** Held since the plan was made: never allowed to be sent. */
    private static final String GUARDED =
            "EXISTS (SELECT 1 FROM hold h WHERE h.run = p.run AND h.ordinal = p.ordinal AND h.planned = 1)";

    private static final String HELD = "EXISTS (SELECT 1 FROM hold h WHERE h.run = p.run AND h.ordinal = p.ordinal)";

    private final Database db;
    private final InstantSource clock;

    Books(Database db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    void hold(Lease lease, long run, String reason, List<Long> ordinals) {
        List<@Nullable Object[]> rows = new ArrayList<>(ordinals.size());
        for (long ordinal : ordinals) {
            rows.add(new @Nullable Object[] {run, ordinal, reason});
        }
        db.write(sql -> {
            Fence.check(sql, lease, run);
            return sql.updateAll(
                    "INSERT INTO hold (run, ordinal, reason, planned) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING",
                    rows);
        });
    }

    List<Long> pending(long run) {
        return db.read(sql -> sql.all(
                "SELECT p.ordinal FROM plan_row p WHERE p.run = ? AND coalesce(" + LAST + ", 'deferred') = 'deferred'"
                        + " AND NOT " + HELD + " AND NOT EXISTS (SELECT 1 FROM closed_run c WHERE c.run = p.run)"
                        + " ORDER BY p.ordinal",
                row -> row.getLong(1),
                run));
    }

    void supersedeUnsent(Lease lease, long run) {
        Instant now = clock.instant();
        db.write(sql -> {
            Fence.check(sql, lease, run);
            return sql.update("INSERT INTO closed_run (run, at) VALUES (?, ?) ON CONFLICT DO NOTHING", run, now);
        });
    }

    /**
     * Each row counts once: by its last request, else by who holds it, else by who took it over. Rows that an approval's run
     * adopted stay held in the books of the run that planned them.
     */
    Accounting account(long run) {
        String sum = """
                WITH request AS (SELECT p.ordinal, b.batch,
                    CASE WHEN b.batch IS NOT NULL THEN coalesce(o.kind, 'open') END AS last,
                    row_number() OVER (PARTITION BY p.ordinal ORDER BY b.batch DESC) AS nth
                    FROM plan_row p
                    LEFT JOIN batch_row b ON b.run = p.run AND b.ordinal = p.ordinal
                    LEFT JOIN outcome o ON o.batch = b.batch AND o.ordinal = b.ordinal
                    WHERE p.run = ?),
                ended AS (SELECT r.last, h.ordinal IS NOT NULL AS held FROM request r
                    LEFT JOIN hold h ON h.run = ? AND h.ordinal = r.ordinal WHERE r.nth = 1),
                whole AS (SELECT
                    (SELECT CASE WHEN adopted IS NULL THEN state ELSE 'HELD' END FROM plan WHERE run = ?) AS plan,
                    (SELECT count(*) FROM closed_run WHERE run = ?) AS closed),
                fate AS (SELECT coalesce(last, CASE
                    WHEN held OR plan IN ('HELD', 'REJECTED', 'EXPIRED') THEN 'deferred'
                    WHEN closed > 0 OR plan = 'SUPERSEDED' THEN 'superseded'
                    ELSE 'none' END) AS fate FROM ended, whole)
                SELECT count(*),
                    count(*) FILTER (WHERE fate IN ('accepted', 'unchanged')),
                    count(*) FILTER (WHERE fate = 'rejected'),
                    count(*) FILTER (WHERE fate = 'deferred'),
                    count(*) FILTER (WHERE fate = 'unknown'),
                    count(*) FILTER (WHERE fate = 'superseded')
                FROM fate""";
        return db.read(sql -> sql.first(
                        sum,
                        row -> new Accounting(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)),
                        run,
                        run,
                        run,
                        run)
                .orElse(Accounting.NONE));
    }

    /** As they are counted in {@link #account}. Most runs hold nothing, and then no row is looked at. */
    Map<String, Long> heldBy(long run) {
        String held = "SELECT h.reason FROM hold h WHERE h.run = ? AND NOT EXISTS"
                + " (SELECT 1 FROM batch_row b WHERE b.run = h.run AND b.ordinal = h.ordinal)";
        String deferred = "SELECT o.reason FROM batch b CROSS JOIN outcome o ON o.batch = b.id AND o.kind = 'deferred'"
                + " WHERE b.run = ? AND NOT EXISTS (SELECT 1 FROM batch_row later"
                + " WHERE later.run = b.run AND later.ordinal = o.ordinal AND later.batch > b.id)";
        Map<String, Long> counts = new LinkedHashMap<>();
        db.read(sql -> sql.all(
                        "SELECT reason, count(*) AS held FROM (" + held + " UNION ALL " + deferred + ") AS each"
                                + " GROUP BY reason ORDER BY held DESC, reason",
                        row -> new Reason(row.getString(1), row.getLong(2)),
                        run,
                        run))
                .forEach(each -> counts.put(each.text(), each.rows()));
        return counts;
    }

    private record Reason(String text, long rows) {}

    /**
     * A row without a hash is covered only if it is a removal, since nothing else says that it is the same row. An add of the
     * interrupted run covers a change and the other way round: an unresolved add comes back as a change of a dirty key.
     */
    boolean coveredBy(long run, long interruptedRun) {
        String allowed = """
                SELECT p.key, p.kind = 'REMOVE', p.row_hash FROM plan_row p JOIN plan ON plan.run = p.run
                WHERE p.run = ? AND plan.opened IS NOT NULL AND NOT %s
                AND coalesce(%s, 'none') NOT IN ('accepted', 'unchanged', 'rejected')
                AND (p.row_hash IS NOT NULL OR p.kind = 'REMOVE')""".formatted(GUARDED, LAST);
        String wanted = "SELECT p.key, p.kind = 'REMOVE', p.row_hash FROM plan_row p WHERE p.run = ? AND NOT " + HELD;
        return db.read(sql -> sql.number(
                        "SELECT count(*) FROM (" + wanted + " EXCEPT " + allowed + ") AS uncovered",
                        run,
                        interruptedRun)
                == 0);
    }

    long removalsBack(long run, long earlier) {
        String removed = "SELECT p.key FROM plan_row p WHERE p.run = ? AND p.kind = 'REMOVE'";
        return db.read(sql -> sql.number(
                "SELECT count(*) FROM (" + removed + " AND NOT " + GUARDED + " EXCEPT " + removed + ") AS back",
                earlier,
                run));
    }

    List<Sent> history(Optional<MappingId> mapping, String key, int limit) {
        String query = "SELECT b.run, s.mapping, plan.mapping_version, plan.hash, b.begun, c.at, p.erased, "
                + "w.word, w.who, w.why, w.at AS said_at, "
                + RowBody.COLUMNS + ", "
                + OutcomeColumns.SELECT
                + """

                 FROM subject s JOIN batch_row r ON r.subject = s.id JOIN batch b ON b.id = r.batch
                JOIN plan ON plan.run = b.run JOIN plan_row p ON p.run = r.run AND p.ordinal = r.ordinal
                LEFT JOIN outcome o ON o.batch = r.batch AND o.ordinal = r.ordinal
                LEFT JOIN completion c ON c.batch = r.batch
                LEFT JOIN doubt_word w ON w.seq = o.seq
                WHERE (s.key = ? OR s.display = ?) AND s.mapping = coalesce(?, s.mapping)
                ORDER BY r.batch DESC, r.ordinal DESC LIMIT ?""";
        return db.read(sql -> sql.all(query, Books::sent, key, key, mapping.orElse(null), limit));
    }

    private static Sent sent(ResultSet row) throws SQLException {
        return new Sent(
                row.getLong("run"),
                new MappingId(row.getString("mapping")),
                row.getString("mapping_version"),
                row.getString("hash"),
                RowBody.row(row),
                Sql.instant(row, "begun"),
                OutcomeColumns.optional(row),
                Optional.ofNullable(Sql.instantOrNull(row, "at")),
                Optional.ofNullable(Sql.instantOrNull(row, "erased")),
                said(row));
    }

    private static Optional<Said> said(ResultSet row) throws SQLException {
        String word = Sql.text(row, "word");
        String who = Sql.text(row, "who");
        return word == null || who == null
                ? Optional.empty()
                : Optional.of(new Said(
                        OnUnknown.valueOf(word), new Decision(who, row.getString("why"), Sql.instant(row, "said_at"))));
    }
}
