package dev.caravan.store.sql;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Fate;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import dev.caravan.store.sql.db.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Sealed plans. A mapping has one held plan at most; only a person's approval opens it ({@link DecisionTable}). */
final class PlanTable {

    private static final String SELECT =
            "SELECT plan.*, d.text AS definition_text FROM plan" + " JOIN definition d ON d.id = plan.definition ";

    private final Database db;
    private final InstantSource clock;

    PlanTable(Database db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    void seal(Lease lease, Plan plan) {
        store(lease, plan, sql -> 0);
    }

    void adopt(Lease lease, long from, Plan plan) {
        store(lease, plan, sql -> {
            if (sql.update(
                            "UPDATE plan SET state = 'SUPERSEDED', adopted = ? WHERE run = ? AND hash = ? AND state = 'OPEN'",
                            plan.run(),
                            from,
                            plan.hash())
                    == 0) {
                throw new IllegalStateException("run " + from + " has no approved plan of this hash");
            }
            sql.update(
                    "INSERT INTO plan_row (run, ordinal, key, kind, row_hash, body)"
                            + " SELECT ?, ordinal, key, kind, row_hash, body FROM plan_row WHERE run = ? ORDER BY ordinal",
                    plan.run(),
                    from);
            return sql.update(
                    "INSERT INTO hold (run, ordinal, reason, planned)"
                            + " SELECT ?, ordinal, reason, 1 FROM hold WHERE run = ? AND planned = 1",
                    plan.run(),
                    from);
        });
    }

    private void store(Lease lease, Plan plan, Work<Integer> before) {
        String summary = Json.summary(plan.summary());
        String verdicts = Json.verdicts(plan.verdicts());
        Instant now = clock.instant();
        db.write(sql -> {
            Fence.check(sql, lease, plan.run());
            before.on(sql);
            // The same hash again replaces the older plan too: whoever looks the hash up finds the newest.
            sql.update("UPDATE plan SET state = 'SUPERSEDED' WHERE mapping = ? AND state = 'HELD'", plan.mapping());
            sql.update("INSERT INTO definition (text) VALUES (?) ON CONFLICT DO NOTHING", plan.definition());
            long definition = sql.number("SELECT id FROM definition WHERE text = ?", plan.definition());
            return sql.update(
                    """
                    INSERT INTO plan (run, hash, mapping, mapping_version, target, generation, definition, state, summary,
                        verdicts, created, expires, opened)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    plan.run(),
                    plan.hash(),
                    plan.mapping(),
                    plan.base().mappingVersion(),
                    plan.base().target(),
                    plan.base().generation(),
                    definition,
                    plan.state(),
                    summary,
                    verdicts,
                    plan.created(),
                    plan.expires(),
                    plan.state() == PlanState.OPEN ? now : null);
        });
    }

    Optional<Plan> byHash(String prefix) {
        return db.read(sql -> {
            // U+10FFFF sorts after everything a hash can go on with.
            String end = prefix + "\udbff\udfff";
            List<String> hashes = sql.all(
                    "SELECT DISTINCT hash FROM plan WHERE hash >= ? AND hash < ? LIMIT 2",
                    row -> row.getString(1),
                    prefix,
                    end);
            return hashes.size() == 1
                    ? sql.first(SELECT + "WHERE hash = ? ORDER BY run DESC LIMIT 1", PlanTable::plan, hashes.getFirst())
                    : Optional.empty();
        });
    }

    Optional<Plan> ofRun(long run) {
        return db.read(sql -> sql.first(SELECT + "WHERE run = ?", PlanTable::plan, run));
    }

    Optional<Plan> upTo(long run, String hash) {
        return db.read(sql -> sql.first(
                SELECT + "WHERE hash = ? AND run <= ? ORDER BY run DESC LIMIT 1", PlanTable::plan, hash, run));
    }

    Optional<Plan> held(MappingId mapping) {
        return db.read(sql -> sql.first(SELECT + "WHERE mapping = ? AND state = 'HELD'", PlanTable::plan, mapping));
    }

    Optional<Fate> fate(Plan plan) {
        return db.read(sql -> sql.first("""
                SELECT p.state, p.opened, p.adopted, a.who, a.why, a.at FROM plan p
                LEFT JOIN audit a ON (p.opened IS NOT NULL OR p.state IN ('REJECTED', 'EXPIRED')) AND a.id = (
                    SELECT id FROM audit WHERE subject = p.hash AND action IN ('approve', 'reject', 'expire')
                    ORDER BY at < p.created, id LIMIT 1)
                WHERE p.run = ? AND p.hash = ? AND p.state <> 'HELD'""", PlanTable::fate, plan.run(), plan.hash()));
    }

    private static Fate fate(ResultSet row) throws SQLException {
        boolean opened = Sql.instantOrNull(row, "opened") != null;
        Fate.End end = opened ? Fate.End.APPROVED : Fate.End.valueOf(row.getString("state"));
        long adopted = row.getLong("adopted");
        return new Fate(
                end,
                row.getString("who") == null
                        ? Optional.empty()
                        : Optional.of(new Decision(row.getString("who"), row.getString("why"), Sql.instant(row, "at"))),
                adopted == 0 ? Optional.empty() : Optional.of(adopted));
    }

    void move(Lease lease, Plan plan, PlanState state) {
        db.write(sql -> {
            Fence.check(sql, lease, plan.run());
            if (state == PlanState.OPEN
                    && sql.number("SELECT count(*) FROM plan WHERE run = ? AND state = 'OPEN'", plan.run()) == 0) {
                throw new IllegalStateException("only a decision opens a plan");
            }
            return sql.update("UPDATE plan SET state = ? WHERE run = ? AND hash = ?", state, plan.run(), plan.hash());
        });
    }

    private static Plan plan(ResultSet row) throws SQLException {
        return new Plan(
                row.getString("hash"),
                new MappingId(row.getString("mapping")),
                row.getLong("run"),
                new Plan.Base(row.getString("mapping_version"), row.getString("target"), row.getLong("generation")),
                row.getString("definition_text"),
                PlanState.valueOf(row.getString("state")),
                Json.summary(row.getString("summary")),
                Json.verdicts(row.getString("verdicts")),
                Sql.instant(row, "created"),
                Sql.instant(row, "expires"));
    }
}
