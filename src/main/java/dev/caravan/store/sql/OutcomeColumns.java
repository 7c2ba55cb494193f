package dev.caravan.store.sql;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.store.sql.db.Damage;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An outcome as columns, and back. */
final class OutcomeColumns {

    static final String INSERT = "INSERT INTO outcome"
            + " (batch, ordinal, kind, remote_id, created, reason, field, message, error_class, not_before)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** The same outcome for all rows of some batches; its values are those of {@link #ofAll}. */
    static final String INSERT_ALL = "INSERT INTO outcome (batch, ordinal, kind, reason, not_before)"
            + " SELECT batch, ordinal, ?, ?, ? FROM batch_row WHERE batch IN (#) ORDER BY batch, ordinal";

    /** Whether the destination took the row, for a query that names the table {@code o}: only then are its values needed. */
    static final String TAKEN = "o.kind IN ('accepted', 'unchanged')";

    /** For a query that names the table {@code o}. */
    static final String SELECT =
            "o.kind AS ended, o.remote_id, o.created, o.reason, o.field, o.message, o.error_class, o.not_before";

    private OutcomeColumns() {}

    static @Nullable Object[] of(long batch, long ordinal, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted a -> row(batch, ordinal, "accepted", a.remoteId(), a.created());
            case Outcome.Unchanged u -> row(batch, ordinal, "unchanged", u.remoteId(), false);
            case Outcome.Rejected r ->
                new @Nullable Object[] {
                    batch,
                    ordinal,
                    "rejected",
                    null,
                    false,
                    r.code(),
                    r.field(),
                    legible(r.message()),
                    r.errorClass(),
                    null
                };
            case Outcome.Deferred d ->
                new @Nullable Object[] {
                    batch,
                    ordinal,
                    "deferred",
                    null,
                    false,
                    d.reason(),
                    null,
                    null,
                    null,
                    d.notBefore().orElse(null)
                };
            case Outcome.Unknown u ->
                new @Nullable Object[] {batch, ordinal, "unknown", null, false, u.reason(), null, null, null, null};
        };
    }

    /** Of an outcome that says nothing but why. */
    static @Nullable Object[] ofAll(Outcome outcome) {
        @Nullable Object[] row = of(0, 0, outcome);
        return new @Nullable Object[] {row[2], row[5], row[9]};
    }

    /** A destination may say anything, and not every database keeps a NUL. */
    private static String legible(String message) {
        return message.replace('\0', '\uFFFD');
    }

    private static @Nullable Object[] row(
            long batch, long ordinal, String kind, @Nullable String remoteId, boolean created) {
        return new @Nullable Object[] {batch, ordinal, kind, remoteId, created, null, null, null, null, null};
    }

    /** The outcome of a row; empty where the query found none. */
    static Optional<Outcome> optional(ResultSet row) throws SQLException {
        return row.getString("ended") == null ? Optional.empty() : Optional.of(outcome(row));
    }

    static Outcome outcome(ResultSet row) throws SQLException {
        String kind = row.getString("ended");
        return switch (kind) {
            case "accepted" -> new Outcome.Accepted(Sql.text(row, "remote_id"), row.getBoolean("created"));
            case "unchanged" -> new Outcome.Unchanged(Sql.text(row, "remote_id"));
            case "rejected" ->
                new Outcome.Rejected(
                        row.getString("reason"),
                        Sql.text(row, "field"),
                        row.getString("message"),
                        ErrorClass.valueOf(row.getString("error_class")));
            case "deferred" ->
                new Outcome.Deferred(
                        row.getString("reason"), Optional.ofNullable(Sql.instantOrNull(row, "not_before")));
            case "unknown" -> new Outcome.Unknown(row.getString("reason"));
            default -> throw Damage.of("an outcome of the ledger has a kind that no version writes");
        };
    }
}
