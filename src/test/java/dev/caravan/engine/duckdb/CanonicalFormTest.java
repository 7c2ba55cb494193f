package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.row.AnyValue;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.RowKey.Equality;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL and Java make the same canonical texts and keys of the same values, for every type. */
class CanonicalFormTest {

    private static final long SEED = Long.getLong("caravan.seed", 20261122L);
    private static final int ROWS = 800;
    private static final String ALPHABET = "aZ|\\ \t'\"ÄéßİıΣςσǅ中😀\u00a0\u200b-";

    @TempDir
    Path folder;

    /** Each type's column is the key in turn, so that the key that SQL built can be held against Java's. */
    @Test
    void keysOfEveryTypeAreBuiltAlikeInSqlAndInJava() throws SQLException {
        System.out.println("CanonicalFormTest seed " + SEED);
        try (Workbench bench = new Workbench(folder)) {
            fill(bench.warehouse);
            for (String column : List.of("b", "i", "n", "m", "f", "s", "d", "t", "l", "z", "y")) {
                for (Equality equality : List.of(Equality.EXACT, new Equality(true, false), new Equality(true, true))) {
                    Map<String, Row> rows = new TreeMap<>();
                    Mappings mapping = Mappings.sql(
                                    "select distinct on (" + column + ") * from v where " + column + " is not null",
                                    "b",
                                    "i",
                                    "n",
                                    "m",
                                    "f",
                                    "s",
                                    "d",
                                    "t",
                                    "l",
                                    "z",
                                    "y")
                            .key(column)
                            .id("k-" + column);
                    bench.engine.reset(mapping.build().id());
                    for (Change change : bench.plan(mapping.build(), equality).changes()) {
                        Row row = ((Change.Added) change).row();
                        assertThat(change.key())
                                .as("column %s, %s, seed %d", column, equality, SEED)
                                .isEqualTo(RowKey.of(List.of(row.get(column)), equality));
                        rows.put(change.key().encoded(), row);
                    }
                    assertThat(rows).isNotEmpty();
                }
            }
        }
    }

    @Test
    void whatIsStoredIsReadBackTheSame() throws SQLException {
        try (Workbench bench = new Workbench(folder)) {
            fill(bench.warehouse);
            Mappings mapping = Mappings.table("v", "b", "n", "m", "f", "s", "d", "t", "l", "z", "y", "j")
                    .key("i");
            List<Row> sent = bench.sync(mapping.build()).changes().stream()
                    .map(change -> ((Change.Added) change).row())
                    .toList();
            assertThat(sent).hasSize(ROWS);
            assertThat(bench.plan(mapping.build()).changes())
                    .as("seed %d", SEED)
                    .isEmpty();
            bench.warehouse("delete from v");
            List<Row> known = bench.plan(mapping.build()).changes().stream()
                    .map(change -> ((Change.Removed) change).known().image())
                    .toList();
            assertThat(known).as("seed %d", SEED).isEqualTo(sent);
        }
    }

    @Test
    void changesComeInTheOrderOfTheKeysBytes() throws SQLException {
        try (Workbench bench = new Workbench(folder)) {
            fill(bench.warehouse);
            Mappings mapping = Mappings.sql("select distinct on (s) * from v where s is not null", "i")
                    .key("s");
            List<String> keys = bench.plan(mapping.build()).changes().stream()
                    .map(change -> change.key().encoded())
                    .toList();
            List<String> sorted = new ArrayList<>(keys);
            sorted.sort((a, b) -> java.util.Arrays.compareUnsigned(
                    a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    b.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(keys).isEqualTo(sorted);
        }
    }

    private static void fill(Path warehouse) throws SQLException {
        Random random = new Random(SEED);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse)) {
            connection
                    .createStatement()
                    .execute(
                            "create or replace table v (b boolean, i bigint, n decimal(18,6), m decimal(5,5), f double,"
                                    + " s varchar, d date, t time, l timestamp, z timestamptz, y blob, j json)");
            connection.createStatement().execute("begin");
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into v values (?,?,?::varchar,?::varchar,?,?,?,?,?,?,from_base64(?),?)")) {
                for (int row = 0; row < ROWS; row++) {
                    List<Object> values = values(random, row);
                    for (int i = 0; i < values.size(); i++) {
                        insert.setObject(i + 1, row > 0 && i != 1 && random.nextInt(20) == 0 ? null : values.get(i));
                    }
                    insert.execute();
                }
            }
            connection.createStatement().execute("commit");
        }
    }

    private static List<Object> values(Random random, int row) {
        long micros = random.nextInt(3) == 0 ? random.nextInt(1_000_000) : random.nextInt(1_000) * 1000L;
        LocalDate date = LocalDate.ofEpochDay(random.nextInt(3_650_000) - 719_000);
        LocalTime time =
                LocalTime.ofSecondOfDay(random.nextInt(86_400)).plusNanos(random.nextBoolean() ? micros * 1000 : 0);
        LocalDateTime timestamp = date.atTime(time);
        String decimal = new java.math.BigDecimal(random.nextInt(2_000_000) - 1_000_000)
                .movePointLeft(random.nextInt(7))
                .toPlainString();
        String small = new java.math.BigDecimal(random.nextInt(199_999) - 99_999)
                .movePointLeft(5)
                .toPlainString();
        return List.of(
                random.nextBoolean(),
                row - 1000L,
                decimal,
                small,
                real(random),
                text(random),
                date,
                time,
                timestamp,
                OffsetDateTime.of(timestamp, ZoneOffset.UTC),
                AnyValue.of(ValueType.BINARY, random).text(),
                AnyValue.json(random, 3));
    }

    private static double real(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(1000) - 500;
            case 1 -> normal(Double.longBitsToDouble(random.nextLong()));
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case 3 -> random.nextLong();
            case 4 ->
                List.of(0.0, -0.0, Double.NaN, 1e15, 1e16, 1e17, 123456789012345680.0, 2e23)
                        .get(random.nextInt(8));
            case 5 ->
                List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-4, 1e-5, Double.MAX_VALUE)
                        .get(random.nextInt(5));
            default -> random.nextInt(10_000) / 100.0;
        };
    }

    private static double normal(double value) {
        return Math.abs(value) < Double.MIN_NORMAL ? 0 : value;
    }

    private static String text(Random random) {
        int[] points = ALPHABET.codePoints().toArray();
        return IntStream.range(0, random.nextInt(6))
                .map(i -> random.nextInt(10) == 0 ? anyLetter(random) : points[random.nextInt(points.length)])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Of scripts that every JDK and DuckDB know: letters that Unicode 16 added have a lower case in the newest JDKs alone. */
    private static int anyLetter(Random random) {
        int point;
        do {
            point = random.nextInt(0x1C80);
        } while (!Character.isLetter(point));
        return point;
    }

    @Test
    void compositeKeysCannotBeConfused() {
        Value bar = new Value.Text("a|s:b");
        Value back = new Value.Text("a\\");
        assertThat(RowKey.of(List.of(bar), Equality.EXACT))
                .isNotEqualTo(RowKey.of(List.of(new Value.Text("a"), new Value.Text("b")), Equality.EXACT));
        try (Workbench bench = new Workbench(folder)) {
            bench.file("model.csv", "id,part,name\na|s:b,c,1\na,s:b|c,2\na\\,c,3\n");
            List<String> keys = bench
                    .plan(Mappings.csv("name").key("id", "part").build())
                    .changes()
                    .stream()
                    .map(change -> change.key().encoded())
                    .toList();
            assertThat(keys)
                    .containsExactlyInAnyOrder(
                            RowKey.of(List.of(bar, new Value.Text("c")), Equality.EXACT)
                                    .encoded(),
                            RowKey.of(List.of(new Value.Text("a"), new Value.Text("s:b|c")), Equality.EXACT)
                                    .encoded(),
                            RowKey.of(List.of(back, new Value.Text("c")), Equality.EXACT)
                                    .encoded());
        }
    }
}
