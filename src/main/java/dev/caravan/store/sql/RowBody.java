package dev.caravan.store.sql;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of a plan row that no query looks into, as stored. Empty parts are left out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record RowBody(
        Cause cause,
        Value targetKey,
        @Nullable String remoteId,
        boolean ours,
        @Nullable Map<String, Value> fields,
        @Nullable Map<String, Value> before,
        @Nullable Map<String, Value> image,
        @Nullable Map<String, Value> withheld,
        @Nullable String held,
        @Nullable First repeats) {

    /** The row that it repeats; the time in microseconds. */
    record First(long run, long ordinal, long begun) {}

    /** The columns of a plan row that {@link #row} reads, for a query that names the table {@code p}. */
    static final String COLUMNS = "p.ordinal, p.key, p.kind, p.row_hash, p.body";

    /** The same, but without the body where this does not hold: then {@link #row} reads a row without values. */
    static String columnsIf(String condition) {
        return "p.ordinal, p.key, p.kind, p.row_hash, CASE WHEN " + condition + " THEN p.body END AS body";
    }

    static RowBody of(PlannedWrite row) {
        return new RowBody(
                row.cause(),
                row.targetKey(),
                row.remoteId(),
                row.createdByUs(),
                row.fields(),
                row.before(),
                row.image().values(),
                row.withheld(),
                row.held().orElse(null),
                row.repeats()
                        .map(first -> new First(first.run(), first.ordinal(), Sql.micros(first.begun())))
                        .orElse(null));
    }

    static PlannedWrite row(ResultSet stored) throws SQLException {
        String text = Sql.text(stored, "body");
        if (text == null) {
            return PlannedWrite.bare(
                    stored.getLong("ordinal"),
                    new RowKey(stored.getString("key")),
                    PlannedWrite.Kind.valueOf(stored.getString("kind")));
        }
        RowBody body = Json.body(text);
        long hash = stored.getLong("row_hash");
        Long rowHash = stored.wasNull() ? null : hash;
        return new PlannedWrite(
                stored.getLong("ordinal"),
                new RowKey(stored.getString("key")),
                PlannedWrite.Kind.valueOf(stored.getString("kind")),
                body.cause(),
                body.targetKey(),
                body.remoteId(),
                body.ours(),
                orEmpty(body.fields()),
                orEmpty(body.before()),
                new Row(orEmpty(body.image())),
                rowHash,
                orEmpty(body.withheld()),
                Optional.ofNullable(body.held()),
                Optional.ofNullable(body.repeats())
                        .map(first ->
                                new PlannedWrite.Repeat(first.run(), first.ordinal(), Sql.instant(first.begun()))));
    }

    private static Map<String, Value> orEmpty(@Nullable Map<String, Value> values) {
        return values == null ? Map.of() : values;
    }
}
