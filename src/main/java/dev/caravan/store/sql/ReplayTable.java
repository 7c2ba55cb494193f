package dev.caravan.store.sql;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import dev.caravan.run.Rejection;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rejections that stand, and what people say of them and of outcomes that nobody knows. A word and its audit entry are one transaction. */
final class ReplayTable {

    private static final String ROWS = "SELECT s.mapping, s.run AS refused_by, s.code, s.field, s.at AS refused_at, "
            + RowBody.COLUMNS + " FROM standing s JOIN plan_row p ON p.run = s.run AND p.ordinal = s.ordinal";

    private static final String REASONS = "SELECT s.code, s.field, count(*) AS refused FROM standing s";

    private static final String BY_FREQUENCY =
            " GROUP BY s.code, s.field ORDER BY refused DESC, s.code, coalesce(s.field, '')";

    private final Database db;

    ReplayTable(Database db) {
        this.db = db;
    }

    List<Rejection> reasons(Optional<MappingId> mapping) {
        return db.read(sql -> mapping.isPresent()
                ? sql.all(REASONS + " WHERE s.mapping = ?" + BY_FREQUENCY, ReplayTable::reason, mapping.get())
                : sql.all(REASONS + BY_FREQUENCY, ReplayTable::reason));
    }

    private static Rejection reason(ResultSet row) throws SQLException {
        return new Rejection(row.getString("code"), Sql.text(row, "field"), row.getLong("refused"));
    }

    List<Standing> rows(Optional<MappingId> mapping, int limit) {
        String order = " ORDER BY s.run, s.ordinal LIMIT ?";
        return db.read(sql -> mapping.isPresent()
                ? sql.all(ROWS + " WHERE s.mapping = ?" + order, ReplayTable::standing, mapping.get(), limit)
                : sql.all(ROWS + order, ReplayTable::standing, limit));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        PlannedWrite refused = RowBody.row(row);
        return new Standing(
                new MappingId(row.getString("mapping")),
                refused.key(),
                refused.shownKey(),
                row.getString("code"),
                Sql.text(row, "field"),
                row.getLong("refused_by"),
                Sql.instant(row, "refused_at"));
    }

    long lift(MappingId mapping, Set<RowKey> keys, Decision decision) {
        return db.write(sql -> {
            Fence.hold(sql, mapping);
            long lifted = 0;
            for (RowKey key : keys) {
                lifted += sql.update("DELETE FROM standing WHERE mapping = ? AND key = ?", mapping, key.encoded());
            }
            return audited(sql, mapping, lifted, "rejected", decision);
        });
    }

    long say(MappingId mapping, Set<RowKey> keys, OnUnknown word, Decision decision) {
        return db.write(sql -> {
            Fence.hold(sql, mapping);
            List<Long> doubts = DoubtQueries.inDoubt(sql, mapping).stream()
                    .filter(open -> keys.contains(open.doubt().row().key()))
                    .map(DoubtQueries.Open::seq)
                    .toList();
            for (long seq : doubts) {
                sql.update(
                        "INSERT INTO doubt_word (seq, word, who, why, at) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (seq) DO UPDATE SET word = excluded.word, who = excluded.who,"
                                + " why = excluded.why, at = excluded.at",
                        seq,
                        word.name(),
                        decision.who(),
                        decision.why(),
                        decision.at());
            }
            return audited(
                    sql, mapping, doubts.size(), "unknown, " + word.name().toLowerCase(Locale.ROOT), decision);
        });
    }

    private static long audited(Sql sql, MappingId mapping, long rows, String what, Decision decision)
            throws SQLException {
        if (rows > 0) {
            AuditChain.append(sql, "replay", mapping + ": " + rows + " " + what, decision);
        }
        return rows;
    }
}
