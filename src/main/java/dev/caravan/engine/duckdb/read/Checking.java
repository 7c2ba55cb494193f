package dev.caravan.engine.duckdb.read;

import dev.caravan.contract.CheckResult;
import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.row.RowKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges staged rows: adds the reasons that need all rows, then counts. */
public final class Checking {

    private static final int SAMPLES = 10;

    private final Db db;
    private final Staged staged;

    /** The judgement of one staged generation. */
    public Checking(Db db, Staged staged) {
        this.db = db;
        this.staged = staged;
    }

    /** Marks and counts. Doing it again finds the same. */
    public CheckResult check() throws SQLException {
        markRepeated(1, List.of(Staged.KEY));
        for (Map.Entry<Integer, List<String>> unique : staged.unique().entrySet()) {
            markRepeated(
                    unique.getKey(), unique.getValue().stream().map(Sql::name).toList());
        }
        List<Long> counts = counts();
        Map<String, Long> byReason = new LinkedHashMap<>();
        for (int i = 0; i < staged.reasons().size(); i++) {
            if (counts.get(i + 3) > 0) {
                byReason.merge(staged.reasons().word(i), counts.get(i + 3), Math::max);
            }
        }
        long invalid = counts.get(1);
        return new CheckResult(
                counts.get(0), invalid, counts.get(2), byReason, invalid == 0 ? List.of() : samples(), newest());
    }

    /** Gives all rows that agree in these expressions, none null, a reason. Rows that are alone are not touched. */
    private void markRepeated(int reason, List<String> columns) throws SQLException {
        String list = String.join(", ", columns);
        String present = columns.stream().map(c -> c + " IS NOT NULL").collect(Collectors.joining(" AND "));
        db.run("CREATE OR REPLACE TEMP TABLE " + Db.TEMP + "repeated AS SELECT " + list + " FROM " + Staged.TABLE
                + " WHERE " + present + " GROUP BY " + list + " HAVING count(*) > 1");
        if (db.number("SELECT count(*) FROM " + Db.TEMP + "repeated") > 0) {
            String same = columns.stream().map(c -> "s." + c + " = r." + c).collect(Collectors.joining(" AND "));
            db.run("UPDATE " + Staged.TABLE + " AS s SET " + staged.reasons().set(reason) + " FROM " + Db.TEMP
                    + "repeated AS r WHERE " + same);
        }
        db.run("DROP TABLE " + Db.TEMP + "repeated");
    }

    /** Rows, invalid rows, rows without a key, then the rows of each reason. */
    private List<Long> counts() throws SQLException {
        int size = staged.reasons().size() + 3;
        StringBuilder sql = new StringBuilder("SELECT count(*), count(*) FILTER (NOT (" + staged.valid()
                + ")), count(*) FILTER (" + Staged.KEY + " IS NULL)");
        for (int i = 0; i < staged.reasons().size(); i++) {
            sql.append(", count(*) FILTER (").append(staged.reasons().has(i)).append(")");
        }
        return db.first(sql + " FROM " + Staged.TABLE, row -> longs(row, 1, size))
                .orElseThrow();
    }

    private static List<Long> longs(ResultSet row, int from, int count) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(row.getLong(from + i));
        }
        return numbers;
    }

    private List<Quarantined> samples() throws SQLException {
        List<String> masks = staged.reasons().columns();
        return db.list(
                "SELECT " + Staged.KEY + ", " + String.join(", ", masks) + " FROM " + Staged.TABLE + " WHERE NOT ("
                        + staged.valid() + ") ORDER BY rowid LIMIT " + SAMPLES,
                row -> new Quarantined(shown(row.getString(1)), staged.reasons().words(longs(row, 2, masks.size()))));
    }

    private static String shown(@Nullable String key) {
        return key == null ? "" : new RowKey(key).display();
    }

    /** Dates and wall-clock times count as UTC. */
    private Optional<Instant> newest() throws SQLException {
        if (staged.watermark().isEmpty()) {
            return Optional.empty();
        }
        String newest = "max(CAST(" + Sql.name(staged.watermark().get()) + " AS TIMESTAMPTZ))";
        return db
                .list(
                        "SELECT epoch_us(" + newest + ") FROM " + Staged.TABLE + " HAVING " + newest + " IS NOT NULL",
                        row -> row.getLong(1))
                .stream()
                .findFirst()
                .map(ColumnType::instant);
    }
}
