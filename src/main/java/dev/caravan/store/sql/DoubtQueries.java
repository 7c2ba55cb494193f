package dev.caravan.store.sql;

import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.RowKey;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What nobody knows the end of, as the outcomes tell: requests that may still land, and rows of which nobody knows whether they arrived. */
final class DoubtQueries {

    /** No batch is under way longer than this, so that only the mapping's newest have to be looked at. */
    private static final Duration LONGEST_BATCH = Duration.ofDays(1);

    static final String LOST = "SELECT " + RowBody.COLUMNS + """

             FROM batch b CROSS JOIN outcome o ON o.batch = b.id AND o.kind = 'unknown'
            CROSS JOIN completion c ON c.batch = b.id
            CROSS JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            WHERE b.mapping = ? AND b.begun > ? AND c.at > ? AND (c.epoch = b.epoch OR b.begun > ?)
            GROUP BY p.run, p.ordinal ORDER BY min(o.seq)""";

    private static final String REFUSED = "EXISTS (SELECT 1 FROM batch_row e JOIN outcome x ON x.batch = e.batch"
            + " AND x.ordinal = e.ordinal WHERE e.subject = r.subject AND x.seq > o.seq AND x.kind = 'rejected'"
            + " AND x.error_class = 'DATA')";

    private static final String UNENDED = """

             FROM outcome o
            JOIN batch b ON b.id = o.batch
            JOIN batch_row r ON r.batch = o.batch AND r.ordinal = o.ordinal
            JOIN plan_row p ON p.run = b.run AND p.ordinal = o.ordinal
            JOIN plan ON plan.run = b.run
            JOIN definition d ON d.id = plan.definition
            WHERE o.kind = 'unknown' AND b.mapping = ?
              AND o.seq > coalesce((SELECT s.seq FROM fresh_start s WHERE s.mapping = b.mapping), 0)
              AND NOT EXISTS (SELECT 1 FROM batch_row l JOIN outcome n ON n.batch = l.batch AND n.ordinal = l.ordinal
                  WHERE l.subject = r.subject AND n.seq > o.seq AND n.kind IN ('accepted', 'unchanged'))""";

    /** What was deferred or rejected since says nothing of whether the one before it arrived; but see {@link #REFUSED_SINCE}. */
    static final String DOUBTS = "SELECT b.run, o.seq, o.reason, r.subject, d.text AS definition, "
            + "(SELECT w.word FROM doubt_word w WHERE w.seq = o.seq) AS word, "
            + "(SELECT min(f.begun) FROM batch_row g JOIN batch f ON f.id = g.batch"
            + " WHERE g.run = b.run AND g.ordinal = o.ordinal) AS first_begun, " + REFUSED + " AS refused, "
            + RowBody.COLUMNS + UNENDED + " ORDER BY o.seq";

    /** What of a key was refused for its content after an outcome. */
    static final String REFUSED_SINCE = "SELECT " + RowBody.COLUMNS + """

             FROM batch_row l
            JOIN outcome n ON n.batch = l.batch AND n.ordinal = l.ordinal
            JOIN plan_row p ON p.run = l.run AND p.ordinal = l.ordinal
            WHERE l.subject = ? AND n.seq > ? AND n.kind = 'rejected' AND n.error_class = 'DATA'""";

    private final Database db;

    DoubtQueries(Database db) {
        this.db = db;
    }

    List<PlannedWrite> lost(MappingId mapping, Instant since) {
        return db.read(sql -> sql.all(
                LOST,
                RowBody::row,
                mapping,
                since.minus(LONGEST_BATCH),
                since,
                since.minus(Deliveries.LONGEST_SENDING)));
    }

    /**
     * A request that has no known end.
     *
     * @param refused whether something of its key was refused for its content since
     */
    record Open(Doubt doubt, long seq, long subject, boolean refused) {}

    static List<Open> inDoubt(Sql sql, MappingId mapping) throws SQLException {
        return List.copyOf(unended(sql, mapping).open().values());
    }

    Deliveries.Unended unended(MappingId mapping) {
        Unended unended = db.read(sql -> unended(sql, mapping));
        List<Doubt> doubts = unended.open().values().stream().map(Open::doubt).toList();
        return new Deliveries.Unended(doubts, unended.refuted());
    }

    /**
     * Requests without a known end.
     *
     * @param open the last one of each subject that is in doubt, in their order
     * @param refused those whose like was refused since
     */
    private record Unended(Map<Long, Open> open, List<Open> refused) {

        Set<RowKey> refuted() {
            return refused.stream()
                    .filter(each -> !open.containsKey(each.subject()))
                    .map(each -> each.doubt().row().key())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** What is left of a forgotten key is no row to send again. */
    private static Unended unended(Sql sql, MappingId mapping) throws SQLException {
        Unended unended = new Unended(new LinkedHashMap<>(), new ArrayList<>());
        for (Open open : sql.all(DOUBTS, DoubtQueries::open, mapping)) {
            if (open.doubt().row().key().isForgotten()) {
                continue;
            }
            if (open.refused() && refusedSince(sql, open)) {
                unended.refused().add(open);
            } else {
                unended.open().remove(open.subject());
                unended.open().put(open.subject(), open);
            }
        }
        return unended;
    }

    private static Open open(ResultSet row) throws SQLException {
        Doubt doubt = new Doubt(
                row.getLong("run"),
                RowBody.row(row),
                row.getString("definition"),
                Sql.instant(row, "first_begun"),
                row.getString("reason"),
                Optional.ofNullable(Sql.text(row, "word")).map(OnUnknown::valueOf));
        return new Open(doubt, row.getLong("seq"), row.getLong("subject"), row.getBoolean("refused"));
    }

    /** What was refused for its content when it was repeated word for word was no better the first time. */
    private static boolean refusedSince(Sql sql, Open open) throws SQLException {
        PlannedWrite asked = open.doubt().row();
        return sql.all(REFUSED_SINCE, RowBody::row, open.subject(), open.seq()).stream()
                .anyMatch(refused -> sameContent(asked, refused));
    }

    /** An add that was lost comes back as a change of a key of which nothing else is known. */
    private static boolean sameContent(PlannedWrite one, PlannedWrite other) {
        return (one.kind() == Kind.REMOVE) == (other.kind() == Kind.REMOVE)
                && one.targetKey().equals(other.targetKey())
                && one.fields().equals(other.fields());
    }
}
