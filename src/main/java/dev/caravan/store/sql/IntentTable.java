package dev.caravan.store.sql;

import dev.caravan.destination.Action;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Intents: what is about to be sent, durable before it is (invariant I3). */
final class IntentTable {

    private final Database db;
    private final InstantSource clock;
    private final Tenure tenure;

    IntentTable(Database db, InstantSource clock, Tenure tenure) {
        this.db = db;
        this.clock = clock;
        this.tenure = tenure;
    }

    /** What else is done in the transaction of an intent. */
    @FunctionalInterface
    interface Also {
        void with(Sql sql, long batch) throws SQLException;
    }

    long begin(Lease lease, long run, Intent intent) {
        return begin(lease, run, intent, (sql, batch) -> {});
    }

    long begin(Lease lease, long run, Intent intent, Also also) {
        if (intent.ordinals().isEmpty()) {
            throw new IllegalArgumentException("an intent without rows");
        }
        List<RowKey> keys = keys(run, intent.ordinals());
        List<@Nullable Object[]> subjects = new ArrayList<>(keys.size());
        for (RowKey key : keys) {
            subjects.add(new @Nullable Object[] {key.encoded(), lease.mapping(), key.display()});
        }
        return db.write(sql -> {
            Fence.check(sql, lease, run);
            deliverable(sql, lease, run);
            long batch = sql.number(
                    "INSERT INTO batch (mapping, run, epoch, action, job, idempotency, begun) VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " RETURNING id",
                    lease.mapping(),
                    run,
                    lease.epoch(),
                    intent.action(),
                    intent.job(),
                    intent.idempotency(),
                    clock.instant());
            sql.update("INSERT INTO open_batch (mapping, batch) VALUES (?, ?)", lease.mapping(), batch);
            sql.updateAll(
                    "INSERT INTO subject (key, mapping, display) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", subjects);
            List<@Nullable Object[]> rows = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                rows.add(new @Nullable Object[] {
                    batch, intent.ordinals().get(i), run, keys.get(i).encoded(), lease.mapping()
                });
            }
            sql.updateAll(
                    "INSERT INTO batch_row (batch, ordinal, run, subject)"
                            + " SELECT ?, ?, ?, id FROM subject WHERE key = ? AND mapping = ?",
                    rows);
            sendable(sql, batch);
            also.with(sql, batch);
            return batch;
        });
    }

    /** The rows of a sealed plan do not change, so their keys may be read before the transaction. */
    private List<RowKey> keys(long run, List<Long> ordinals) {
        Map<Long, RowKey> found = new HashMap<>();
        db.read(sql -> sql.anyOf(
                "SELECT ordinal, key FROM plan_row WHERE run = ? AND ordinal IN (#)",
                row -> found.put(row.getLong(1), new RowKey(row.getString(2))),
                ordinals,
                run));
        return ordinals.stream().map(ordinal -> key(found, run, ordinal)).toList();
    }

    private static RowKey key(Map<Long, RowKey> found, long run, long ordinal) {
        RowKey key = found.get(ordinal);
        if (key == null) {
            throw new IllegalArgumentException("run " + run + " has no plan row " + ordinal);
        }
        return key;
    }

    /** Promise 2 once more, where it cannot be passed by: only an open plan is sent. */
    private void deliverable(Sql sql, Lease lease, long run) throws SQLException {
        tenure.requireTime(sql, lease);
        boolean open = sql.number("SELECT count(*) FROM plan WHERE run = ? AND state = 'OPEN'", run) == 1
                && sql.number("SELECT count(*) FROM closed_run WHERE run = ?", run) == 0;
        if (!open) {
            throw new CaravanException.RunFailure(Problem.of(
                    Code.PLAN_NOT_OPEN, "the plan of run " + run + " may not be delivered", "make a new plan"));
        }
    }

    /** No row that is held, that has an unanswered request, or that the destination accepted before (invariant I4). */
    private static void sendable(Sql sql, long batch) throws SQLException {
        long held = sql.number(
                "SELECT count(*) FROM batch_row n JOIN hold h ON h.run = n.run AND h.ordinal = n.ordinal WHERE n.batch = ?",
                batch);
        long again = sql.number("""
                SELECT count(*) FROM batch_row n
                JOIN batch_row b ON b.run = n.run AND b.ordinal = n.ordinal AND b.batch <> n.batch
                LEFT JOIN outcome o ON o.batch = b.batch AND o.ordinal = b.ordinal
                WHERE n.batch = ? AND (o.kind IS NULL OR o.kind IN ('accepted', 'unchanged'))""", batch);
        if (held + again > 0) {
            throw new IllegalStateException(held + " rows of a batch are held and " + again + " were sent before");
        }
    }

    void remember(Lease lease, long batch, String remoteJob) {
        Instant now = clock.instant();
        db.write(sql -> {
            Fence.check(sql, lease);
            open(sql, lease, batch);
            return sql.update(
                    "INSERT INTO remote_job (batch, id, at) VALUES (?, ?, ?)"
                            + " ON CONFLICT (batch) DO UPDATE SET id = excluded.id, at = excluded.at",
                    batch,
                    remoteJob,
                    now);
        });
    }

    /** Refuses a batch that is not open or not of the lease's mapping. */
    static void open(Sql sql, Lease lease, long batch) throws SQLException {
        open(sql, lease, List.of(batch));
    }

    /** The same for all of these, each of them another. */
    static void open(Sql sql, Lease lease, List<Long> batches) throws SQLException {
        List<Long> open = sql.anyOf(
                "SELECT batch FROM open_batch WHERE mapping = ? AND batch IN (#)",
                row -> row.getLong(1),
                batches,
                lease.mapping());
        if (open.size() != batches.size()) {
            throw new IllegalStateException(
                    "of batches " + batches + " of " + lease.mapping() + " only " + open + " are open");
        }
    }

    List<OpenBatch> open(MappingId mapping, long except) {
        return db.read(sql -> {
            List<OpenBatch> open = new ArrayList<>();
            for (OpenBatch batch : heads(sql, mapping, except)) {
                open.add(withRows(sql, batch));
            }
            return open;
        });
    }

    long openRows(MappingId mapping, long except) {
        return db.read(sql -> sql.number("""
                SELECT count(*) FROM open_batch u JOIN batch b ON b.id = u.batch JOIN batch_row r ON r.batch = b.id
                WHERE u.mapping = ? AND b.run <> ?""", mapping, except));
    }

    List<OpenBatch> unanswered(MappingId mapping, long except) {
        return db.read(sql -> {
            List<OpenBatch> open = new ArrayList<>();
            for (OpenBatch batch : heads(sql, mapping, except)) {
                open.add(batch.remoteJob() == null ? batch : withRows(sql, batch));
            }
            return open;
        });
    }

    private static List<OpenBatch> heads(Sql sql, MappingId mapping, long except) throws SQLException {
        return sql.all("""
                SELECT b.*, j.id AS remote_job FROM open_batch u JOIN batch b ON b.id = u.batch
                LEFT JOIN remote_job j ON j.batch = b.id
                WHERE u.mapping = ? AND b.run <> ? ORDER BY b.id""", IntentTable::withoutRows, mapping, except);
    }

    Optional<String> target(MappingId mapping) {
        return db.read(sql -> sql.first("""
                SELECT plan.target FROM batch b CROSS JOIN plan ON plan.run = b.run
                LEFT JOIN completion c ON c.batch = b.id
                WHERE b.mapping = ? AND (c.batch IS NULL
                    OR c.first_seq > coalesce((SELECT seq FROM fresh_start f WHERE f.mapping = b.mapping), 0))
                ORDER BY b.begun DESC, b.id DESC LIMIT 1""", row -> row.getString(1), mapping));
    }

    private static OpenBatch withoutRows(ResultSet row) throws SQLException {
        Intent intent = new Intent(
                Action.valueOf(row.getString("action")),
                row.getBoolean("job"),
                IdempotencyClass.valueOf(row.getString("idempotency")),
                List.of());
        return new OpenBatch(
                row.getLong("id"),
                row.getLong("run"),
                intent,
                Sql.text(row, "remote_job"),
                List.of(),
                Sql.instant(row, "begun"));
    }

    private static OpenBatch withRows(Sql sql, OpenBatch batch) throws SQLException {
        List<PlannedWrite> rows = sql.all(
                "SELECT " + RowBody.COLUMNS
                        + " FROM batch_row r JOIN plan_row p ON p.run = r.run AND p.ordinal = r.ordinal"
                        + " WHERE r.batch = ? ORDER BY r.ordinal",
                RowBody::row,
                batch.batch());
        Intent head = batch.intent();
        List<Long> ordinals = rows.stream().map(PlannedWrite::ordinal).toList();
        return new OpenBatch(
                batch.batch(),
                batch.run(),
                new Intent(head.action(), head.job(), head.idempotency(), ordinals),
                batch.remoteJob(),
                rows,
                batch.begun());
    }
}
