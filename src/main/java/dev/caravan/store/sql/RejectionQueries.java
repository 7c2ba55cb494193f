package dev.caravan.store.sql;

import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.run.Rejection;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.util.List;

/** What the destination refused of a run, each row by its last request. */
final class RejectionQueries {

    /** CROSS JOIN holds the order of the tables: a run's batches, of each what was refused. */
    static final String REFUSED = """
             FROM batch b CROSS JOIN outcome o ON o.batch = b.id AND o.kind = 'rejected'
            CROSS JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            WHERE b.run = ? AND NOT EXISTS (SELECT 1 FROM batch_row later
                WHERE later.run = b.run AND later.ordinal = o.ordinal AND later.batch > b.id)
            """;

    private final Database db;

    RejectionQueries(Database db) {
        this.db = db;
    }

    List<Rejection> byReason(long run) {
        return db.read(sql -> sql.all(
                "SELECT o.reason, o.field, count(*) AS refused" + REFUSED
                        + "GROUP BY o.reason, o.field ORDER BY refused DESC, o.reason, coalesce(o.field, '')",
                row -> new Rejection(row.getString("reason"), Sql.text(row, "field"), row.getLong("refused")),
                run));
    }

    List<Refused> rows(long run) {
        return db.read(sql -> sql.all(
                "SELECT " + RowBody.COLUMNS + ", " + OutcomeColumns.SELECT + REFUSED + "ORDER BY p.ordinal",
                row -> new Refused(RowBody.row(row).shownKey(), row.getString("reason"), Sql.text(row, "field")),
                run));
    }
}
