package dev.caravan.store.sql;

import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.store.sql.db.Damage;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What people decided. Every decision and its audit entry are one transaction. The audit has the moment that was said; what is measured
 * goes by the ledger's own clock (invariant I21).
 */
final class DecisionTable {

    private final Database db;
    private final InstantSource clock;

    DecisionTable(Database db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    void decide(Plan plan, Ruling ruling, Decision decision) {
        db.write(sql -> {
            Instant now = clock.instant();
            int moved = switch (ruling) {
                case APPROVED -> open(sql, plan, PlanState.OPEN, now);
                case OVERTAKEN -> open(sql, plan, PlanState.SUPERSEDED, now);
                case REJECTED ->
                    sql.update(
                            "UPDATE plan SET state = 'REJECTED' WHERE run = ? AND hash = ? AND state = 'HELD'",
                            plan.run(),
                            plan.hash());
            };
            if (moved == 0) {
                throw new CaravanException.InvalidInput(Problem.of(
                        Code.PLAN_NOT_OPEN,
                        "the plan does not wait for approval: it was decided, replaced or has expired",
                        "make a new plan"));
            }
            return AuditChain.append(sql, ruling == Ruling.REJECTED ? "reject" : "approve", plan.hash(), decision);
        });
    }

    private static int open(Sql sql, Plan plan, PlanState state, Instant now) throws SQLException {
        return sql.update(
                "UPDATE plan SET state = ?, opened = ? WHERE run = ? AND hash = ? AND state = 'HELD' AND expires > ?",
                state,
                now,
                plan.run(),
                plan.hash(),
                now);
    }

    int expire(Instant now) {
        return db.write(sql -> {
            List<String> hashes = sql.all(
                    "UPDATE plan SET state = 'EXPIRED' WHERE state = 'HELD' AND expires <= ? RETURNING hash",
                    row -> row.getString(1),
                    now);
            for (String hash : hashes) {
                AuditChain.append(sql, "expire", hash, new Decision("caravan", "not approved in time", now));
            }
            return hashes.size();
        });
    }

    /** Whoever was first stays on record, also of two workers that pause at the same moment. */
    Optional<Pause> pause(Scope scope, Decision decision) {
        return db.urgent().write(sql -> {
            int made = sql.update(
                    "INSERT INTO pause (scope, who, why, at) VALUES (?, ?, ?, ?) ON CONFLICT (scope) DO NOTHING",
                    scope.text(),
                    decision.who(),
                    decision.why(),
                    decision.at());
            if (made > 0) {
                AuditChain.append(sql, "pause", scope.text(), decision);
                return Optional.empty();
            }
            return sql.first("SELECT * FROM pause WHERE scope = ?", DecisionTable::pause, scope.text());
        });
    }

    Optional<Pause> resume(Scope scope, Decision decision) {
        return db.urgent().write(sql -> {
            Optional<Pause> lifted =
                    sql.first("DELETE FROM pause WHERE scope = ? RETURNING *", DecisionTable::pause, scope.text());
            if (lifted.isPresent()) {
                AuditChain.append(sql, "resume", scope.text(), decision);
            }
            return lifted;
        });
    }

    /** In the order of their texts: {@code all} before {@code connection:} before {@code mapping:}. */
    List<Pause> pauses() {
        return db.urgent().read(sql -> sql.all("SELECT * FROM pause", DecisionTable::pause)).stream()
                .sorted(Comparator.comparing(pause -> pause.scope().text()))
                .toList();
    }

    private static Pause pause(ResultSet row) throws SQLException {
        String scope = row.getString("scope");
        return new Pause(
                Scope.parse(scope).orElseThrow(() -> Damage.of("the ledger has a pause of nothing known")),
                new Decision(row.getString("who"), row.getString("why"), Sql.instant(row, "at")));
    }

    /** Outcomes recorded so far stay, but no later snapshot takes them up. */
    void reset(MappingId mapping, Decision decision) {
        db.write(sql -> {
            Fence.hold(sql, mapping);
            sql.update("DELETE FROM standing WHERE mapping = ?", mapping);
            sql.update("DELETE FROM unresolved WHERE mapping = ?", mapping);
            abandon(sql, mapping, clock.instant());
            sql.update("UPDATE plan SET state = 'SUPERSEDED' WHERE mapping = ? AND state = 'HELD'", mapping);
            long newest = sql.number("SELECT max(seq) FROM outcome");
            sql.update(
                    "INSERT INTO fresh_start (mapping, seq) VALUES (?, ?)"
                            + " ON CONFLICT (mapping) DO UPDATE SET seq = excluded.seq",
                    mapping,
                    newest);
            return AuditChain.append(sql, "reset", mapping.value(), decision);
        });
    }

    /** Batches without outcomes belong to what was reset: a job of them may be another account's and is not asked about. */
    private static void abandon(Sql sql, MappingId mapping, Instant at) throws SQLException {
        sql.update("""
                INSERT INTO outcome (batch, ordinal, kind, reason)
                SELECT r.batch, r.ordinal, 'unknown', 'reset' FROM open_batch u JOIN batch_row r ON r.batch = u.batch
                WHERE u.mapping = ? ORDER BY r.batch, r.ordinal""", mapping);
        sql.update("""
                INSERT INTO completion (batch, mapping, first_seq, last_seq, at)
                SELECT o.batch, u.mapping, min(o.seq), max(o.seq), ? FROM open_batch u JOIN outcome o ON o.batch = u.batch
                WHERE u.mapping = ? GROUP BY o.batch, u.mapping ORDER BY o.batch""", at, mapping);
        sql.update("DELETE FROM open_batch WHERE mapping = ?", mapping);
    }

    List<AuditEntry> audit(int limit) {
        return db.read(sql -> AuditChain.newest(sql, limit));
    }
}
