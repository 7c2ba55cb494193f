package dev.caravan.store.sql.upkeep;

import dev.caravan.mapping.MappingId;
import dev.caravan.store.sql.Redaction;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Erases the values of old runs; keys, hashes, outcomes and figures stay. */
final class Erasing extends Sweep {

    private final InstantSource clock;

    Erasing(Database db, InstantSource clock) {
        super(db);
        this.clock = clock;
    }

    @Override
    String runs() {
        return """
                EXISTS (SELECT 1 FROM plan q WHERE q.run = r.id)
                AND NOT EXISTS (SELECT 1 FROM swept_run e WHERE e.run = r.id AND e.erased IS NOT NULL)""";
    }

    @Override
    String stays() {
        return "p.erased IS NOT NULL OR (" + UNRESOLVED + ")";
    }

    @Override
    int touch(Sql sql, MappingId mapping, long run, List<Long> ordinals) throws SQLException {
        Instant now = clock.instant();
        for (long ordinal : ordinals) {
            values(sql, run, ordinal, now);
            words(sql, run, ordinal);
        }
        return ordinals.size();
    }

    /** What a plan row sends, and what of. */
    static void values(Sql sql, long run, long ordinal, Instant now) throws SQLException {
        String body = sql.first(
                        "SELECT body FROM plan_row WHERE run = ? AND ordinal = ?",
                        row -> row.getString(1),
                        run,
                        ordinal)
                .orElseThrow();
        sql.update(
                "UPDATE plan_row SET body = ?, erased = coalesce(erased, ?) WHERE run = ? AND ordinal = ?",
                Redaction.body(body),
                now,
                run,
                ordinal);
    }

    /** What the destination said of a row; it may quote values. */
    static void words(Sql sql, long run, long ordinal) throws SQLException {
        sql.update(
                "UPDATE outcome SET message = '' WHERE message IS NOT NULL AND ordinal = ? AND batch IN"
                        + " (SELECT batch FROM batch_row WHERE run = ? AND ordinal = ?)",
                ordinal,
                run,
                ordinal);
    }

    @Override
    void ended(MappingId mapping, long run) {
        boolean whole =
                db.<Long>read(sql -> sql.number("SELECT count(*) FROM plan_row WHERE run = ? AND erased IS NULL", run))
                        == 0;
        Instant now = clock.instant();
        db.write(sql -> {
            String summary = sql.first("SELECT summary FROM plan WHERE run = ?", row -> row.getString(1), run)
                    .orElseThrow();
            sql.update("UPDATE plan SET summary = ? WHERE run = ?", Redaction.summary(summary, key -> true), run);
            return whole
                    ? sql.update(
                            "INSERT INTO swept_run (run, erased) VALUES (?, ?)"
                                    + " ON CONFLICT (run) DO UPDATE SET erased = excluded.erased",
                            run,
                            now)
                    : 0;
        });
    }
}
