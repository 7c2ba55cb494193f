package dev.caravan.store.sql.upkeep;

import dev.caravan.ledger.Upkeep.Flaw;
import dev.caravan.ledger.Upkeep.Inspection;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanHash;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.store.sql.AuditChain;
import dev.caravan.store.sql.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Holds what is stored against itself: books, plans, audit, batches. What a run has under way is left to it. */
final class Inspecting {

    /** Rows of runs that ended without a plan. */
    private static final String ORPHANS =
            "FROM plan_row WHERE run IN (SELECT r.id FROM run r WHERE r.state <> 'RUNNING'"
                    + " AND NOT EXISTS (SELECT 1 FROM plan p WHERE p.run = r.id))";

    private static final String WHOLE_RUNS = """
            SELECT r.id FROM run r JOIN plan p ON p.run = r.id WHERE r.state <> 'RUNNING'
            AND NOT EXISTS (SELECT 1 FROM swept_run w WHERE w.run = r.id)
            AND NOT EXISTS (SELECT 1 FROM batch b LEFT JOIN completion c ON c.batch = b.id
                WHERE b.run = r.id AND c.batch IS NULL)
            ORDER BY r.id""";

    private final Database db;
    private final Stored stored;

    /** What of the ledger's own answers is held against what is stored. */
    record Stored(
            Function<Long, Optional<Run>> run,
            Function<Long, Optional<Plan>> plan,
            Function<Long, Accounting> books,
            Function<Long, Stream<PlannedWrite>> rows) {}

    Inspecting(Database db, Stored stored) {
        this.db = db;
        this.stored = stored;
    }

    Inspection inspect() {
        List<Flaw> flaws = new ArrayList<>();
        List<Long> runs = db.read(sql -> sql.all(WHOLE_RUNS, row -> row.getLong(1)));
        long plans = 0;
        for (long run : runs) {
            books(run, flaws);
            plans += hash(run, flaws) ? 1 : 0;
        }
        AuditChain.Walk audit = AuditChain.walk(db);
        audit.broken().ifPresent(what -> flaws.add(new Flaw("audit", what)));
        unsigned(flaws);
        batches(flaws);
        long orphans = db.read(sql -> sql.number("SELECT count(*) " + ORPHANS));
        return new Inspection(runs.size(), plans, orphans, audit.entries(), audit.head(), flaws);
    }

    /** A held plan that was replaced counts as superseded later than its run was recorded; nothing else moves. */
    private void books(long id, List<Flaw> flaws) {
        Accounting recorded = stored.run().apply(id).orElseThrow().accounting();
        Accounting added = stored.books().apply(id);
        boolean same = recorded.planned() == added.planned()
                && recorded.accepted() == added.accepted()
                && recorded.rejected() == added.rejected()
                && recorded.unknown() == added.unknown()
                && recorded.held() + recorded.superseded() == added.held() + added.superseded();
        if (!same || !added.balances()) {
            flaws.add(new Flaw(
                    "books of run " + id, "recorded: " + recorded.words() + "; its rows say: " + added.words()));
        }
    }

    /** Whether the plan could be held against its hash; one with erased values cannot. */
    private boolean hash(long run, List<Flaw> flaws) {
        long erased =
                db.read(sql -> sql.number("SELECT count(*) FROM plan_row WHERE run = ? AND erased IS NOT NULL", run));
        if (erased > 0) {
            return false;
        }
        Plan plan = stored.plan().apply(run).orElseThrow();
        PlanHash hash = new PlanHash(plan.mapping().value(), plan.base());
        try (Stream<PlannedWrite> rows = stored.rows().apply(run)) {
            rows.forEachOrdered(hash::add);
        }
        if (!hash.hex().equals(plan.hash())) {
            flaws.add(new Flaw("plan of run " + run, "its rows are not those of its hash"));
        }
        return true;
    }

    /** A decision without its entry: the newest entries were cut off, or a plan was moved by hand. */
    private void unsigned(List<Flaw> flaws) {
        String query = """
                SELECT p.run FROM plan p WHERE (p.state IN ('REJECTED', 'EXPIRED') OR p.adopted IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = p.hash AND a.action = CASE
                    WHEN p.adopted IS NOT NULL THEN 'approve' WHEN p.state = 'REJECTED' THEN 'reject' ELSE 'expire' END)
                ORDER BY p.run""";
        for (long run : db.<List<Long>>read(sql -> sql.all(query, row -> row.getLong(1)))) {
            flaws.add(new Flaw("plan of run " + run, "it was decided, but the audit has no entry of it"));
        }
    }

    /** Every batch is open, or has an answer for each of its rows. */
    private void batches(List<Flaw> flaws) {
        String query = """
                SELECT b.id FROM batch b LEFT JOIN completion c ON c.batch = b.id
                LEFT JOIN open_batch u ON u.batch = b.id AND u.mapping = b.mapping
                WHERE (c.batch IS NULL) = (u.batch IS NULL) OR (c.batch IS NOT NULL AND EXISTS (
                    SELECT 1 FROM batch_row r LEFT JOIN outcome o ON o.batch = r.batch AND o.ordinal = r.ordinal
                    WHERE r.batch = b.id AND o.batch IS NULL))
                ORDER BY b.id""";
        for (long batch : db.<List<Long>>read(sql -> sql.all(query, row -> row.getLong(1)))) {
            flaws.add(new Flaw("batch " + batch, "it is neither open nor has it an outcome for each row"));
        }
    }

    long dropOrphans() {
        return db.write(sql -> {
            sql.update("DELETE FROM hold WHERE run IN (SELECT run " + ORPHANS + ")");
            return (long) sql.update("DELETE " + ORPHANS);
        });
    }
}
