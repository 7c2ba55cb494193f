package dev.caravan.store.sql;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Leases, scheduled fires and runs. */
final class RunTable {

    /** A held run may have met a plan that waited already: the newest of that hash up to then. */
    private static final String SELECT = """
            SELECT run.*, CASE WHEN state = 'HELD' THEN (
                SELECT CASE WHEN p.state = 'HELD' THEN NULL WHEN p.opened IS NOT NULL THEN 'approved' ELSE lower(p.state) END
                FROM plan p WHERE p.hash = run.plan AND p.run <= run.id ORDER BY p.run DESC LIMIT 1) END AS decided
            FROM run
            """;

    private final Database db;
    private final InstantSource clock;
    private final Tenure tenure;

    RunTable(Database db, InstantSource clock, Tenure tenure) {
        this.db = db;
        this.clock = clock;
        this.tenure = tenure;
    }

    Claim claim(MappingId mapping, Trigger trigger, Optional<Instant> fire, List<Long> alive) {
        return db.write(sql -> {
            boolean elsewhere = tenure.heldElsewhere(sql, mapping);
            if (fire.isPresent() && fired(sql, mapping, fire.get())) {
                return new Claim.AlreadyFired();
            }
            Optional<Claim.Busy> busy = goingOn(sql, mapping).stream()
                    .filter(running -> elsewhere || alive.contains(running.run()))
                    .findFirst();
            return busy.isPresent() ? busy.get() : grant(sql, mapping, trigger, fire);
        });
    }

    /** What the ledger calls running, newest first. */
    private static List<Claim.Busy> goingOn(Sql sql, MappingId mapping) throws SQLException {
        return sql.all(
                "SELECT id, started FROM run WHERE mapping = ? AND state = 'RUNNING' ORDER BY id DESC",
                row -> new Claim.Busy(row.getLong("id"), Sql.instant(row, "started")),
                mapping);
    }

    private Claim grant(Sql sql, MappingId mapping, Trigger trigger, Optional<Instant> fire) throws SQLException {
        sql.update(
                "INSERT INTO lease (mapping, epoch) VALUES (?, 1)"
                        + " ON CONFLICT (mapping) DO UPDATE SET epoch = lease.epoch + 1",
                mapping);
        long epoch = sql.number("SELECT epoch FROM lease WHERE mapping = ?", mapping);
        long run = sql.number(
                "INSERT INTO run (mapping, epoch, started_by, state, started) VALUES (?, ?, ?, 'RUNNING', ?) RETURNING id",
                mapping,
                epoch,
                trigger,
                clock.instant());
        if (fire.isPresent()) {
            sql.update("INSERT INTO fire (mapping, due, run) VALUES (?, ?, ?)", mapping, fire.get(), run);
        }
        Lease lease = new Lease(mapping, epoch);
        tenure.take(sql, lease, run);
        return new Claim.Granted(lease, run);
    }

    private static boolean fired(Sql sql, MappingId mapping, Instant fire) throws SQLException {
        return sql.number("SELECT count(*) FROM fire WHERE mapping = ? AND due = ?", mapping, fire) > 0;
    }

    void record(Lease lease, Run run) {
        String verdicts = Json.verdicts(run.verdicts());
        Accounting books = run.accounting();
        db.write(sql -> {
            Fence.check(sql, lease, run.id());
            if (run.state() != RunState.RUNNING) {
                tenure.release(sql, lease, run.id());
            }
            return sql.update(
                    """
                    UPDATE run SET state = ?, finished = ?, rows_read = ?, invalid = ?, added = ?, changed = ?, removed = ?,
                        planned = ?, accepted = ?, rejected = ?, held = ?, unknown = ?, superseded = ?, requests = ?, plan = ?,
                        verdicts = ?, error = ?
                    WHERE id = ?""",
                    run.state(),
                    run.finished(),
                    run.rows(),
                    run.invalid(),
                    run.added(),
                    run.changed(),
                    run.removed(),
                    books.planned(),
                    books.accepted(),
                    books.rejected(),
                    books.held(),
                    books.unknown(),
                    books.superseded(),
                    run.requests(),
                    run.plan(),
                    verdicts,
                    run.error(),
                    run.id());
        });
    }

    void leave(Lease lease, long run) {
        db.write(sql -> {
            Fence.check(sql, lease, run);
            tenure.release(sql, lease, run);
            return run;
        });
    }

    Optional<Run> run(long id) {
        return db.read(sql -> sql.first(SELECT + "WHERE id = ?", RunTable::run, id));
    }

    List<Run> runs(Optional<MappingId> mapping, int limit) {
        return db.read(sql -> mapping.isPresent()
                ? sql.all(
                        SELECT + "WHERE mapping = ? AND started_by <> 'PREVIEW' ORDER BY id DESC LIMIT ?",
                        RunTable::run,
                        mapping.get(),
                        limit)
                : sql.all(SELECT + "WHERE started_by <> 'PREVIEW' ORDER BY id DESC LIMIT ?", RunTable::run, limit));
    }

    Optional<Long> lastBefore(MappingId mapping, Instant moment) {
        return db.read(sql -> sql.first(
                "SELECT id FROM run WHERE mapping = ? AND started < ? ORDER BY id DESC LIMIT 1",
                row -> row.getLong("id"),
                mapping,
                moment));
    }

    List<Run> unfinished(MappingId mapping, long except) {
        return db.read(sql -> sql.all(
                SELECT + "WHERE mapping = ? AND state = 'RUNNING' AND id <> ? ORDER BY id",
                RunTable::run,
                mapping,
                except));
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getLong("id"),
                new MappingId(row.getString("mapping")),
                row.getLong("epoch"),
                Trigger.valueOf(row.getString("started_by")),
                RunState.valueOf(row.getString("state")),
                Sql.instant(row, "started"),
                Sql.instantOrNull(row, "finished"),
                row.getLong("rows_read"),
                row.getLong("invalid"),
                row.getLong("added"),
                row.getLong("changed"),
                row.getLong("removed"),
                new Accounting(
                        row.getLong("planned"),
                        row.getLong("accepted"),
                        row.getLong("rejected"),
                        row.getLong("held"),
                        row.getLong("unknown"),
                        row.getLong("superseded")),
                row.getLong("requests"),
                Sql.text(row, "plan"),
                Json.verdicts(row.getString("verdicts")),
                Sql.text(row, "error"),
                Sql.text(row, "decided"));
    }
}
