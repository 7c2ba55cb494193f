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

    private static final String REPEATED = Db.TEMP + "repeated";

    private final Db db;
    private final Staged staged;

    /** The judgement of one staged generation. */
    public Checking(Db db, Staged staged) {
        this.db = db;
        this.staged = staged;
    }

    /**
     * Marks and counts. Doing it again finds the same.
     *
     * @param mayRepeat a query for the keys, as {@code key}, among which some may repeat; empty if none can
     * @param anyDiffers whether any staged row differs from the snapshot; if none does nothing will be sent
     */
    public CheckResult check(Optional<String> mayRepeat, boolean anyDiffers) throws SQLException {
        if (mayRepeat.isPresent()) {
            markRepeated(
                    Staged.DUPLICATE,
                    List.of("key"),
                    mayRepeat.get(),
                    List.of(staged.key().text("s")));
        }
        if (anyDiffers && staged.target().text("s").isPresent()) {
            String target = staged.target().text("s").get();
            markRepeated(
                    Staged.DUPLICATE_TARGET,
                    List.of("target"),
                    "SELECT " + target + " AS target FROM " + Staged.TABLE + " AS s",
                    List.of(target));
        }
        for (Map.Entry<Integer, List<String>> unique : staged.unique().entrySet()) {
            List<String> columns = unique.getValue().stream().map(Sql::name).toList();
            String among = "SELECT " + String.join(", ", columns) + " FROM " + Staged.TABLE;
            markRepeated(
                    unique.getKey(),
                    columns,
                    among,
                    columns.stream().map(c -> "s." + c).toList());
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

    /**
     * Gives all rows that agree in these columns, none null, a reason. Rows that are alone are not touched.
     *
     * @param among the rows to look at, by these columns
     * @param staging how a staged row {@code s} tells them
     */
    private void markRepeated(int reason, List<String> columns, String among, List<String> staging)
            throws SQLException {
        String list = String.join(", ", columns);
        String present = columns.stream().map(c -> c + " IS NOT NULL").collect(Collectors.joining(" AND "));
        db.run("CREATE OR REPLACE TEMP TABLE " + REPEATED + " AS SELECT " + list + " FROM (" + among + ") WHERE "
                + present + " GROUP BY " + list + " HAVING count(*) > 1");
        if (db.number("SELECT count(*) FROM " + REPEATED) > 0) {
            List<String> same = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                same.add(staging.get(i) + " = r." + columns.get(i));
            }
            db.run("UPDATE " + Staged.TABLE + " AS s SET " + staged.reasons().set(reason) + " FROM " + REPEATED
                    + " AS r WHERE " + String.join(" AND ", same));
        }
        db.run("DROP TABLE " + REPEATED);
    }

    /** Rows, invalid rows, rows without a key, then the rows of each reason. */
    private List<Long> counts() throws SQLException {
        int size = staged.reasons().size() + 3;
        StringBuilder sql = new StringBuilder("SELECT count(*), count(*) FILTER (NOT (" + staged.valid()
                + ")), count(*) FILTER (NOT " + staged.key().present("s") + ")");
        for (int i = 0; i < staged.reasons().size(); i++) {
            sql.append(", count(*) FILTER (").append(staged.reasons().has(i)).append(")");
        }
        return db.first(sql + " FROM " + Staged.TABLE + " AS s", row -> longs(row, 1, size))
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
        // As the model has it: whoever reads it looks for it there.
        StagedKey written = new StagedKey(staged.key().parts(), RowKey.Equality.EXACT);
        return db.list(
                "SELECT " + written.text("s") + ", " + String.join(", ", masks) + " FROM " + Staged.TABLE
                        + " AS s WHERE NOT (" + staged.valid() + ") ORDER BY s.rowid LIMIT " + CheckResult.NAMED,
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
        // A quarantined row says nothing about freshness: its watermark may be what is wrong with it.
        String newest = "max(" + Sql.name(staged.watermark().get()) + ") FILTER (WHERE " + staged.valid() + ")";
        return db
                .list(
                        "SELECT epoch_us(CAST(" + newest + " AS TIMESTAMPTZ)) FROM " + Staged.TABLE + " HAVING "
                                + newest + " IS NOT NULL",
                        row -> row.getLong(1))
                .stream()
                .findFirst()
                .map(ColumnType::instant);
    }
}
