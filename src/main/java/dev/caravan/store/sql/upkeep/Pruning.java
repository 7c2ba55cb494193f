package dev.caravan.store.sql.upkeep;

import dev.caravan.mapping.MappingId;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lets plan rows of old runs go with everything that hangs on them. */
final class Pruning extends Sweep {

    private final InstantSource clock;

    Pruning(Database db, InstantSource clock) {
        super(db);
        this.clock = clock;
    }

    /** The newest plan is what an approval carries over from, the newest intent tells where the mapping writes to. */
    @Override
    String runs() {
        return """
                EXISTS (SELECT 1 FROM plan_row x WHERE x.run = r.id)
                AND EXISTS (SELECT 1 FROM run l JOIN plan q ON q.run = l.id WHERE l.mapping = r.mapping AND l.id > r.id)
                AND NOT EXISTS (SELECT 1 FROM batch n WHERE n.run = r.id AND n.id = (
                    SELECT v.id FROM batch v WHERE v.mapping = r.mapping ORDER BY v.begun DESC, v.id DESC LIMIT 1))""";
    }

    @Override
    String stays() {
        return "(" + UNRESOLVED + ")" + """

                OR EXISTS (SELECT 1 FROM standing g JOIN run t ON t.id = g.run
                    WHERE g.mapping = t.mapping AND t.id = p.run AND g.key = p.key AND g.ordinal = p.ordinal)
                OR (KNOWN AND EXISTS (SELECT 1 FROM batch_row w
                    JOIN outcome y ON y.batch = w.batch AND y.ordinal = w.ordinal AND y.kind IN ('accepted', 'unchanged')
                    WHERE w.run = p.run AND w.ordinal = p.ordinal
                    AND (p.kind <> 'REMOVE' OR p.erased IS NULL OR EXISTS (SELECT 1 FROM batch_row e
                        JOIN outcome x ON x.batch = e.batch AND x.ordinal = e.ordinal AND x.kind = 'unknown'
                        WHERE e.subject = w.subject AND NOT (e.run = p.run AND e.ordinal = p.ordinal)))
                    AND NOT EXISTS (SELECT 1 FROM batch_row n
                        JOIN outcome a ON a.batch = n.batch AND a.ordinal = n.ordinal AND a.kind IN ('accepted', 'unchanged')
                        WHERE n.subject = w.subject AND n.batch > w.batch)))""".replace("KNOWN", KNOWN);
    }

    @Override
    int touch(Sql sql, MappingId mapping, long run, List<Long> ordinals) throws SQLException {
        mark(sql, run, clock.instant());
        Set<Intent> intents = new LinkedHashSet<>();
        for (long ordinal : ordinals) {
            intents.addAll(sql.all(
                    "SELECT batch, subject FROM batch_row WHERE run = ? AND ordinal = ?", Intent::of, run, ordinal));
            sql.update(
                    "DELETE FROM outcome WHERE ordinal = ? AND batch IN"
                            + " (SELECT batch FROM batch_row WHERE run = ? AND ordinal = ?)",
                    ordinal,
                    run,
                    ordinal);
            sql.update("DELETE FROM batch_row WHERE run = ? AND ordinal = ?", run, ordinal);
            sql.update("DELETE FROM hold WHERE run = ? AND ordinal = ?", run, ordinal);
            sql.update("DELETE FROM plan_row WHERE run = ? AND ordinal = ?", run, ordinal);
        }
        for (long batch : intents.stream().map(Intent::batch).distinct().toList()) {
            emptied(sql, batch);
        }
        for (long subject : intents.stream().map(Intent::subject).distinct().toList()) {
            sql.update(
                    "DELETE FROM subject WHERE id = ? AND NOT EXISTS (SELECT 1 FROM batch_row WHERE subject = ?)",
                    subject,
                    subject);
        }
        return ordinals.size();
    }

    private static void emptied(Sql sql, long batch) throws SQLException {
        if (sql.number("SELECT count(*) FROM (SELECT 1 FROM batch_row WHERE batch = ? LIMIT 1) AS any_row", batch)
                == 0) {
            sql.update("DELETE FROM remote_job WHERE batch = ?", batch);
            sql.update("DELETE FROM completion WHERE batch = ?", batch);
            sql.update("DELETE FROM batch WHERE id = ?", batch);
        }
    }

    /** From now on the run's figures stand for themselves. */
    private static void mark(Sql sql, long run, Instant now) throws SQLException {
        sql.update(
                "INSERT INTO swept_run (run, pruned) VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET pruned = excluded.pruned",
                run,
                now);
    }

    @Override
    void ended(MappingId mapping, long run) {
        // Rows that stay may go in a later year, so that a run is never done with for good.
    }

    private record Intent(long batch, long subject) {
        static Intent of(ResultSet row) throws SQLException {
            return new Intent(row.getLong("batch"), row.getLong("subject"));
        }
    }
}
