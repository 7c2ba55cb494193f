package dev.caravan.store.sql;

import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.run.Rejection;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the destination refused of a run, each row by its last request. */
final class RejectionQueries {

    /** CROSS JOIN holds the order of the tables: a run's batches, of each what was refused. */
    static final String REFUSED = """
             FROM batch b CROSS JOIN outcome o ON o.batch = b.id AND o.kind = 'rejected'
            CROSS JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            WHERE b.run = ? AND NOT EXISTS (SELECT 1 FROM batch_row later
                WHERE later.run = b.run AND later.ordinal = o.ordinal AND later.batch > b.id)
            """;

    /** The words of a refusal that is about no row: all rows would be refused alike. */
    private static final String OF_NO_ROW = "CASE WHEN o.error_class IN ('CONFIG', 'QUOTA', 'AUTH') THEN o.message END";

    private final Database db;

    RejectionQueries(Database db) {
        this.db = db;
    }

    List<Rejection> byReason(long run) {
        return db.read(sql -> sql.all(
                "SELECT o.reason, o.field, count(*) AS refused, count(" + OF_NO_ROW + ") AS telling, min(" + OF_NO_ROW
                        + ") AS first_words, max(" + OF_NO_ROW + ") AS last_words" + REFUSED
                        + "GROUP BY o.reason, o.field ORDER BY refused DESC, o.reason, coalesce(o.field, '')",
                row -> new Rejection(
                        row.getString("reason"), Sql.text(row, "field"), row.getLong("refused"), words(row)),
                run));
    }

    /** Words that are the same of all rows quote none of them; of one row nobody could tell. */
    private static Optional<String> words(ResultSet row) throws SQLException {
        String words = Sql.text(row, "first_words");
        boolean same = row.getLong("telling") > 1
                && row.getLong("telling") == row.getLong("refused")
                && Objects.equals(words, Sql.text(row, "last_words"));
        return Optional.ofNullable(words).filter(text -> same && !text.isBlank());
    }

    List<Refused> rows(long run) {
        return db.read(sql -> sql.all(
                "SELECT " + RowBody.COLUMNS + ", " + OutcomeColumns.SELECT + REFUSED + "ORDER BY p.ordinal",
                row -> new Refused(RowBody.row(row).shownKey(), row.getString("reason"), Sql.text(row, "field")),
                run));
    }
}
