package dev.caravan.store.sql;

import dev.caravan.ledger.Lease;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of plans: mutable while a plan is made, fixed once it is sealed. Rows are turned into text on the caller's thread. */
final class PlanRowTable {

    private static final int CHUNK = 2_000;

    private final Database db;

    PlanRowTable(Database db) {
        this.db = db;
    }

    void add(Lease lease, long run, List<PlannedWrite> rows) {
        List<@Nullable Object[]> stored = new ArrayList<>(rows.size());
        for (PlannedWrite row : rows) {
            stored.add(new @Nullable Object[] {
                run, row.ordinal(), row.key().encoded(), row.kind(), row.rowHash(), Json.body(RowBody.of(row))
            });
        }
        db.write(sql -> {
            unsealed(sql, lease, run);
            sql.updateAll(
                    "INSERT INTO plan_row (run, ordinal, key, kind, row_hash, body) VALUES (?, ?, ?, ?, ?, ?)", stored);
            hold(sql, run, rows);
            return rows.size();
        });
    }

    void rewrite(Lease lease, long run, Set<String> fields, UnaryOperator<PlannedWrite> change) {
        long after = -1;
        while (true) {
            List<PlannedWrite> rows = rows(run, after, CHUNK);
            if (rows.isEmpty()) {
                return;
            }
            after = rows.getLast().ordinal();
            replace(
                    lease,
                    run,
                    rows.stream()
                            .filter(row -> !Collections.disjoint(row.fields().keySet(), fields))
                            .map(change)
                            .toList());
        }
    }

    private void replace(Lease lease, long run, List<PlannedWrite> rows) {
        List<@Nullable Object[]> stored = new ArrayList<>(rows.size());
        List<@Nullable Object[]> lifted = new ArrayList<>(rows.size());
        for (PlannedWrite row : rows) {
            lifted.add(new @Nullable Object[] {run, row.ordinal()});
            stored.add(new @Nullable Object[] {
                row.key().encoded(), row.kind(), row.rowHash(), Json.body(RowBody.of(row)), run, row.ordinal()
            });
        }
        db.write(sql -> {
            unsealed(sql, lease, run);
            sql.updateAll(
                    "UPDATE plan_row SET key = ?, kind = ?, row_hash = ?, body = ? WHERE run = ? AND ordinal = ?",
                    stored);
            sql.updateAll("DELETE FROM hold WHERE run = ? AND ordinal = ?", lifted);
            hold(sql, run, rows);
            return rows.size();
        });
    }

    Stream<PlannedWrite> rows(long run) {
        return db.stream(
                RowBody::row, "SELECT " + RowBody.COLUMNS + " FROM plan_row p WHERE run = ? ORDER BY ordinal", run);
    }

    List<PlannedWrite> rows(long run, long after, int most) {
        return db.read(sql -> sql.all(
                "SELECT " + RowBody.COLUMNS + " FROM plan_row p WHERE run = ? AND ordinal > ? ORDER BY ordinal LIMIT ?",
                RowBody::row,
                run,
                after,
                most));
    }

    void drop(Lease lease, long run) {
        db.write(sql -> {
            unsealed(sql, lease, run);
            sql.update("DELETE FROM hold WHERE run = ?", run);
            return sql.update("DELETE FROM plan_row WHERE run = ?", run);
        });
    }

    /** Why a guard holds a row is kept with all other reasons of not sending. */
    private static void hold(Sql sql, long run, List<PlannedWrite> rows) throws SQLException {
        List<@Nullable Object[]> held = new ArrayList<>();
        for (PlannedWrite row : rows) {
            row.held().ifPresent(reason -> held.add(new @Nullable Object[] {run, row.ordinal(), reason}));
        }
        sql.updateAll("INSERT INTO hold (run, ordinal, reason, planned) VALUES (?, ?, ?, 1)", held);
    }

    private static void unsealed(Sql sql, Lease lease, long run) throws SQLException {
        Fence.check(sql, lease, run);
        if (sql.number("SELECT count(*) FROM plan WHERE run = ?", run) > 0) {
            throw new IllegalStateException("the plan of run " + run + " is sealed: its rows do not change any more");
        }
    }
}
