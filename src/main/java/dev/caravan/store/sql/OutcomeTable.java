package dev.caravan.store.sql;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
    static final String AFTER = "SELECT o.seq, b.run, b.action, c.at, d.text AS definition, "
            + RowBody.columnsIf(OutcomeColumns.TAKEN) + ", "
            + OutcomeColumns.SELECT + """

             FROM completion c
            CROSS JOIN outcome o ON o.seq BETWEEN c.first_seq AND c.last_seq AND +o.batch = c.batch
            CROSS JOIN batch b ON b.id = c.batch
            CROSS JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            CROSS JOIN plan ON plan.run = b.run
            CROSS JOIN definition d ON d.id = plan.definition
            WHERE c.mapping = ? AND c.last_seq > ? AND o.seq > ?
            ORDER BY c.last_seq, o.seq""";

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
            List<Long> inOrder = batches.stream().sorted().toList();
            IntentTable.open(sql, lease, inOrder);
            long rows = sql.updateAnyOf(OutcomeColumns.INSERT_ALL, inOrder, OutcomeColumns.ofAll(outcome));
            close(sql, lease, inOrder, now);
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
                        Action.valueOf(row.getString("action")),
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
