package dev.caravan.store.sql;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Outcomes, numbered in the order in which they are recorded, and the rejections that stand because of them. */
final class OutcomeTable {

    /**
     * CROSS JOIN holds the order of the tables, and with it the order of the numbers without sorting. Where transactions run side by
     * side, numbers between the first and the last of a batch may be those of another mapping; the plus keeps SQLite from going by the
     * batch's index, which has another order.
     */
    static final String AFTER =
            "SELECT o.seq, b.run, c.at, d.text AS definition, " + RowBody.columnsIf(OutcomeColumns.TAKEN) + ", "
                    + OutcomeColumns.SELECT + """

             FROM completion c
            CROSS JOIN outcome o ON o.seq BETWEEN c.first_seq AND c.last_seq AND +o.batch = c.batch
            CROSS JOIN batch b ON b.id = c.batch
            CROSS JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            CROSS JOIN plan ON plan.run = b.run
            CROSS JOIN definition d ON d.id = plan.definition
            WHERE c.mapping = ? AND c.last_seq > ? AND o.seq > ?
            ORDER BY c.last_seq, o.seq""";

    /** No batch is under way longer than this, so that only the mapping's newest have to be looked at. */
    private static final Duration LONGEST_BATCH = Duration.ofDays(1);

    static final String LOST = "SELECT " + RowBody.COLUMNS + """

             FROM batch b CROSS JOIN outcome o ON o.batch = b.id AND o.kind = 'unknown'
            CROSS JOIN completion c ON c.batch = b.id
            CROSS JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            WHERE b.mapping = ? AND b.begun > ? AND c.at > ? AND (c.epoch = b.epoch OR b.begun > ?)
            GROUP BY p.run, p.ordinal ORDER BY min(o.seq)""";

    private static final String REFUSED = "EXISTS (SELECT 1 FROM batch_row e JOIN outcome x ON x.batch = e.batch"
            + " AND x.ordinal = e.ordinal WHERE e.subject = r.subject AND x.seq > o.seq AND x.kind = 'rejected'"
            + " AND x.error_class = 'DATA')";

    private static final String UNENDED = """

             FROM outcome o
            JOIN batch b ON b.id = o.batch
            JOIN batch_row r ON r.batch = o.batch AND r.ordinal = o.ordinal
            JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            JOIN plan ON plan.run = b.run
            JOIN definition d ON d.id = plan.definition
            WHERE o.kind = 'unknown' AND b.mapping = ?
              AND o.seq > coalesce((SELECT s.seq FROM fresh_start s WHERE s.mapping = b.mapping), 0)
              AND NOT EXISTS (SELECT 1 FROM batch_row l JOIN outcome n ON n.batch = l.batch AND n.ordinal = l.ordinal
                  WHERE l.subject = r.subject AND n.seq > o.seq AND n.kind IN ('accepted', 'unchanged'))""";

    /** What was deferred or rejected since says nothing of whether the one before it arrived; but see {@link #REFUSED_SINCE}. */
    static final String DOUBTS = "SELECT b.run, o.seq, o.reason, r.subject, d.text AS definition, "
            + "(SELECT w.word FROM doubt_word w WHERE w.seq = o.seq) AS word, "
            + "(SELECT min(f.begun) FROM batch_row g JOIN batch f ON f.id = g.batch"
            + " WHERE g.run = b.run AND g.ordinal = o.ordinal) AS first_begun, " + REFUSED + " AS refused, "
            + RowBody.COLUMNS + UNENDED + " ORDER BY o.seq";

    static final String ANY_REFUSED = "SELECT count(*)" + UNENDED + " AND " + REFUSED;

    /** What of a key was refused for its content after an outcome. */
    static final String REFUSED_SINCE = "SELECT " + RowBody.COLUMNS + """

             FROM batch_row l
            JOIN outcome n ON n.batch = l.batch AND n.ordinal = l.ordinal
            JOIN plan_row p ON p.run = l.run AND p.ordinal = l.ordinal
            WHERE l.subject = ? AND n.seq > ? AND n.kind = 'rejected' AND n.error_class = 'DATA'""";

    /** Rows of a batch without an outcome, and outcomes without a row. */
    private static final String UNMATCHED = """
            SELECT (SELECT count(*) FROM batch_row WHERE batch = ?) + (SELECT count(*) FROM outcome WHERE batch = ?)
                - 2 * (SELECT count(*) FROM outcome o JOIN batch_row r ON r.batch = o.batch AND r.ordinal = o.ordinal
                    WHERE o.batch = ?)""";

    private final Database db;
    private final InstantSource clock;

    OutcomeTable(Database db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    void complete(Lease lease, long batch, List<RowOutcome> outcomes) {
        Instant now = clock.instant();
        List<@Nullable Object[]> refused = refused(lease.mapping(), batch, outcomes, now);
        db.write(sql -> {
            Fence.check(sql, lease);
            complete(sql, lease, batch, outcomes);
            return sql.updateAll(
                    "INSERT INTO standing (mapping, key, fingerprint, run, ordinal, code, field, at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mapping, key) DO UPDATE SET"
                            + " fingerprint = excluded.fingerprint, run = excluded.run, ordinal = excluded.ordinal,"
                            + " code = excluded.code, field = excluded.field, at = excluded.at",
                    refused);
        });
    }

    /** The same but for refusals, in a transaction that somebody else began. */
    void complete(Sql sql, Lease lease, long batch, List<RowOutcome> outcomes) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(outcomes.size());
        for (RowOutcome row : outcomes) {
            rows.add(OutcomeColumns.of(batch, row.ordinal(), row.outcome()));
        }
        IntentTable.open(sql, lease, batch);
        sql.updateAll(OutcomeColumns.INSERT, rows);
        if (sql.number(UNMATCHED, batch, batch, batch) != 0) {
            throw new IllegalStateException("every row of a batch has one outcome");
        }
        close(sql, lease, List.of(batch), clock.instant());
        lift(sql, lease.mapping(), batch);
    }

    static void requireFound(List<RowOutcome> outcomes) {
        if (!outcomes.stream().allMatch(row -> row.outcome() instanceof Outcome.Unchanged)) {
            throw new IllegalArgumentException("what was found is as it was sent");
        }
    }

    long completeAll(Lease lease, List<Long> batches, Outcome outcome) {
        if (!(outcome instanceof Outcome.Deferred) && !(outcome instanceof Outcome.Unknown)) {
            throw new IllegalArgumentException("only an answer can say more of a row");
        }
        Instant now = clock.instant();
        return db.write(sql -> {
            Fence.check(sql, lease);
            IntentTable.open(sql, lease, batches);
            long rows = sql.updateAnyOf(OutcomeColumns.INSERT_ALL, batches, OutcomeColumns.ofAll(outcome));
            close(sql, lease, batches, now);
            return rows;
        });
    }

    private static void close(Sql sql, Lease lease, List<Long> batches, Instant now) throws SQLException {
        sql.updateAnyOf("DELETE FROM open_batch WHERE mapping = ? AND batch IN (#)", batches, lease.mapping());
        sql.updateAnyOf(
                "INSERT INTO completion (mapping, at, epoch, batch, first_seq, last_seq)"
                        + " SELECT ?, ?, ?, batch, min(seq), max(seq) FROM outcome WHERE batch IN (#) GROUP BY batch",
                batches,
                lease.mapping(),
                now,
                lease.epoch());
    }

    /** What will stand, made before the transaction since the rows of a sealed plan do not change. */
    private List<@Nullable Object[]> refused(MappingId mapping, long batch, List<RowOutcome> outcomes, Instant now) {
        return db.read(sql -> {
            List<@Nullable Object[]> refused = new ArrayList<>();
            long run = sql.number("SELECT run FROM batch WHERE id = ?", batch);
            for (RowOutcome row : outcomes) {
                if (row.outcome() instanceof Outcome.Rejected rejected
                        && rejected.errorClass().stands()) {
                    PlannedWrite write = row(sql, run, row.ordinal());
                    refused.add(new @Nullable Object[] {
                        mapping,
                        write.key().encoded(),
                        Deliveries.fingerprint(write),
                        run,
                        row.ordinal(),
                        rejected.code(),
                        rejected.field(),
                        now
                    });
                }
            }
            return refused;
        });
    }

    private static PlannedWrite row(Sql sql, long run, long ordinal) throws SQLException {
        return sql.first(
                        "SELECT " + RowBody.COLUMNS + " FROM plan_row p WHERE run = ? AND ordinal = ?",
                        RowBody::row,
                        run,
                        ordinal)
                .orElseThrow(() -> new IllegalArgumentException("run " + run + " has no plan row " + ordinal));
    }

    /** A key that the destination took has nothing standing against it any more. */
    private static void lift(Sql sql, MappingId mapping, long batch) throws SQLException {
        sql.update("""
                DELETE FROM standing WHERE mapping = ? AND key IN (
                    SELECT s.key FROM outcome o JOIN batch_row r ON r.batch = o.batch AND r.ordinal = o.ordinal
                    JOIN subject s ON s.id = r.subject
                    WHERE o.batch = ? AND o.kind IN ('accepted', 'unchanged'))""", mapping, batch);
    }

    Stream<Recorded> after(MappingId mapping, long seq) {
        long from = db.read(sql -> sql.number("SELECT seq FROM fresh_start WHERE mapping = ?", mapping));
        long above = Math.max(seq, from);
        whole(mapping, above);
        Stream<Recorded> outcomes = db.stream(
                row -> new Recorded(
                        row.getLong("seq"),
                        row.getLong("run"),
                        RowBody.row(row),
                        OutcomeColumns.outcome(row),
                        row.getString("definition"),
                        Sql.instant(row, "at")),
                AFTER,
                mapping,
                above,
                above);
        boolean kept = false;
        try {
            // Upkeep may have gone on between the first look and the stream, which sees what is there since it was
            // opened.
            whole(mapping, above);
            kept = true;
            return outcomes.filter(outcome -> !outcome.row().key().isForgotten());
        } finally {
            if (!kept) {
                outcomes.close();
            }
        }
    }

    /** Upkeep never passes what the snapshot holds; so this one is another, older, or none. */
    private void whole(MappingId mapping, long above) {
        long floor = db.read(sql -> sql.number("SELECT seq FROM journal_floor WHERE mapping = ?", mapping));
        if (above < floor) {
            throw new CaravanException.RunFailure(Problem.of(
                    Code.SNAPSHOT_LOST,
                    "the snapshot of " + mapping + (above == 0 ? " is gone" : " ends at outcome " + above)
                            + ", but the ledger keeps only part of the outcomes up to " + floor
                            + ": they were pruned or their values erased, so it cannot be brought up to date; nothing is sent",
                    "stop the worker and put back the newest copy of the snapshot; without one, caravan reset "
                            + mapping + ", look at caravan plan " + mapping + ", then sync: every row is sent again"));
        }
    }

    List<PlannedWrite> lost(MappingId mapping, Instant since) {
        return db.read(sql -> sql.all(
                LOST,
                RowBody::row,
                mapping,
                since.minus(LONGEST_BATCH),
                since,
                since.minus(Deliveries.LONGEST_SENDING)));
    }

    /**
     * A request that has no known end.
     *
     * @param refused whether something of its key was refused for its content since
     */
    record Open(Doubt doubt, long seq, long subject, boolean refused) {}

    /** What is left of a forgotten key is no row to send again. */
    List<Doubt> doubts(MappingId mapping) {
        return db.read(sql -> inDoubt(sql, mapping)).stream().map(Open::doubt).toList();
    }

    static List<Open> inDoubt(Sql sql, MappingId mapping) throws SQLException {
        return List.copyOf(unended(sql, mapping).open().values());
    }

    /** Most often there are none, and then the doubts are not looked at one by one. */
    Set<RowKey> refuted(MappingId mapping) {
        if (db.<Long>read(sql -> sql.number(ANY_REFUSED, mapping)) == 0) {
            return Set.of();
        }
        return db.read(sql -> unended(sql, mapping)).refuted();
    }

    /** Of one look, where asking for either alone would take two. */
    Deliveries.Unended unended(MappingId mapping) {
        Unended unended = db.read(sql -> unended(sql, mapping));
        List<Doubt> doubts = unended.open().values().stream().map(Open::doubt).toList();
        return new Deliveries.Unended(doubts, unended.refuted());
    }

    /**
     * Requests without a known end.
     *
     * @param open the last one of each subject that is in doubt, in their order
     * @param refused those whose like was refused since
     */
    private record Unended(Map<Long, Open> open, List<Open> refused) {

        Set<RowKey> refuted() {
            return refused.stream()
                    .filter(each -> !open.containsKey(each.subject()))
                    .map(each -> each.doubt().row().key())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private static Unended unended(Sql sql, MappingId mapping) throws SQLException {
        Unended unended = new Unended(new LinkedHashMap<>(), new ArrayList<>());
        for (Open open : sql.all(DOUBTS, OutcomeTable::open, mapping)) {
            if (open.doubt().row().key().isForgotten()) {
                continue;
            }
            if (open.refused() && refusedSince(sql, open)) {
                unended.refused().add(open);
            } else {
                unended.open().remove(open.subject());
                unended.open().put(open.subject(), open);
            }
        }
        return unended;
    }

    private static Open open(ResultSet row) throws SQLException {
        Doubt doubt = new Doubt(
                row.getLong("run"),
                RowBody.row(row),
                row.getString("definition"),
                Sql.instant(row, "first_begun"),
                row.getString("reason"),
                Optional.ofNullable(Sql.text(row, "word")).map(OnUnknown::valueOf));
        return new Open(doubt, row.getLong("seq"), row.getLong("subject"), row.getBoolean("refused"));
    }

    /** What was refused for its content when it was repeated word for word was no better the first time. */
    private static boolean refusedSince(Sql sql, Open open) throws SQLException {
        String asked = Deliveries.fingerprint(open.doubt().row());
        return sql.all(REFUSED_SINCE, RowBody::row, open.subject(), open.seq()).stream()
                .anyMatch(refused -> Deliveries.fingerprint(refused).equals(asked));
    }

    long lastSeq() {
        return db.read(sql ->
                Math.max(sql.number("SELECT max(seq) FROM outcome"), sql.number("SELECT max(seq) FROM journal_floor")));
    }

    Optional<MappingId> mappingOf(long seq) {
        return db.read(sql -> sql.first(
                "SELECT b.mapping FROM outcome o JOIN batch b ON b.id = o.batch WHERE o.seq = ?",
                row -> new MappingId(row.getString(1)),
                seq));
    }

    void schema(Lease lease, String version) {
        db.write(sql -> {
            Fence.check(sql, lease);
            int lifted = sql.update(
                    "DELETE FROM standing WHERE mapping = ?"
                            + " AND EXISTS (SELECT 1 FROM target_schema t WHERE t.mapping = ? AND t.version <> ?)",
                    lease.mapping(),
                    lease.mapping(),
                    version);
            sql.update(
                    "INSERT INTO target_schema (mapping, version) VALUES (?, ?)"
                            + " ON CONFLICT (mapping) DO UPDATE SET version = excluded.version",
                    lease.mapping(),
                    version);
            return lifted;
        });
    }

    void unresolved(Lease lease, long keys) {
        if (unresolvedCount(lease.mapping()) != keys) {
            db.write(sql -> {
                Fence.check(sql, lease);
                return sql.update(
                        "INSERT INTO unresolved (mapping, keys) VALUES (?, ?)"
                                + " ON CONFLICT (mapping) DO UPDATE SET keys = excluded.keys",
                        lease.mapping(),
                        keys);
            });
        }
    }

    long unresolvedCount(MappingId mapping) {
        return db.read(sql -> sql.number("SELECT keys FROM unresolved WHERE mapping = ?", mapping));
    }

    Set<String> standing(MappingId mapping) {
        return db.read(sql ->
                sql.all("SELECT fingerprint FROM standing WHERE mapping = ?", row -> row.getString(1), mapping).stream()
                        .collect(Collectors.toUnmodifiableSet()));
    }

    long standingCount(MappingId mapping) {
        return db.read(sql -> sql.number("SELECT count(*) FROM standing WHERE mapping = ?", mapping));
    }
}
