package dev.caravan.transport.file;

import static dev.caravan.transport.file.FileBed.effects;
import static dev.caravan.transport.file.FileBed.send;
import static dev.caravan.transport.file.FileBed.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Entry;
import dev.caravan.transport.StoreRequest.Mode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are known by several columns together, in every format. */
class SeveralColumnsTest {

    private static final TargetKey KEY = new TargetKey(List.of("land", "no"));

    private FileBed bed;
    private int batches;

    @BeforeEach
    void folder(@TempDir Path root) throws IOException {
        bed = new FileBed(root);
    }

    private static Entry row(Object land, Object no, Object name) {
        return new Entry(
                new Value.Tuple(List.of(value(land), value(no))), Map.of("name", value(name)), "d" + land + "," + no);
    }

    private static Entry gone(Object land, Object no) {
        return new Entry(new Value.Tuple(List.of(value(land), value(no))), Map.of(), "");
    }

    private List<Effect> publish(String file, Mode mode, Entry... entries) {
        return effects(send(bed.transport(), file, new Change(mode, "b" + ++batches, KEY, List.of(entries))));
    }

    private List<String> rows(String file) throws SQLException {
        String from = file.endsWith(".csv")
                ? "read_csv('%s', all_varchar = true, header = true, delim = ',', quote = '\"')"
                : file.endsWith(".jsonl") ? "read_json('%s', format = 'newline_delimited')" : "'%s'";
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet found = statement.executeQuery("SELECT land, \"no\", name FROM "
                        + from.formatted(bed.file(file)) + " ORDER BY ALL NULLS FIRST")) {
            while (found.next()) {
                rows.add(found.getString(1) + "," + found.getString(2) + "," + found.getString(3));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "x.jsonl", "x.parquet"})
    void aRowIsMergedByItsWholeKey(String file) throws SQLException {
        assertThat(publish(file, Mode.UPSERT, row("DE", 1, "a"), row("DE", 2, "b"), row("FR", 1, "c")))
                .containsExactly(Effect.CREATED, Effect.CREATED, Effect.CREATED);
        assertThat(publish(file, Mode.UPSERT, row("DE", 2, "B"), row("FR", 2, "d")))
                .containsExactly(Effect.CHANGED, Effect.CREATED);
        assertThat(rows(file)).containsExactly("DE,1,a", "DE,2,B", "FR,1,c", "FR,2,d");
        assertThat(publish(file, Mode.UPDATE, row("FR", 1, "C"), row("IT", 1, "e")))
                .containsExactly(Effect.CHANGED, Effect.ABSENT);
        assertThat(publish(file, Mode.DELETE, gone("DE", 1), gone("DE", 3)))
                .containsExactly(Effect.DELETED, Effect.ABSENT);
        assertThat(rows(file)).containsExactly("DE,2,B", "FR,1,C", "FR,2,d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "x.jsonl", "x.parquet"})
    void keysWhosePartsReadAlikeWhenPutTogetherStayTwo(String file) throws SQLException {
        List<Entry> rows = List.of(
                row("a", "bc", "1"),
                row("ab", "c", "2"),
                row("a|b", "c", "3"),
                row("a", "b|c", "4"),
                row("a\\", "|c", "5"),
                row("a\\|", "c", "6"));
        publish(file, Mode.UPSERT, rows.toArray(Entry[]::new));
        assertThat(publish(file, Mode.UPSERT, rows.toArray(Entry[]::new)))
                .containsOnly(Effect.CHANGED)
                .hasSize(6);
        assertThat(rows(file))
                .containsExactlyInAnyOrder("a,bc,1", "ab,c,2", "a|b,c,3", "a,b|c,4", "a\\,|c,5", "a\\|,c,6");
        assertThat(publish(file, Mode.DELETE, gone("ab", "c"), gone("a|b", "c"), gone("a\\", "|c")))
                .containsOnly(Effect.DELETED);
        assertThat(rows(file)).containsExactlyInAnyOrder("a,bc,1", "a,b|c,4", "a\\|,c,6");
    }

    /** Two keys to the model and to the plan, which know six blanks: one file must not take them for one. */
    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "x.jsonl", "x.parquet"})
    void keysThatOtherBlanksTellApartStayTwo(String file) throws SQLException {
        for (String blank : List.of("\u2003", "\u3000", "\u001f")) {
            String name = blank.codePointAt(0) + file;
            assertThat(publish(name, Mode.UPSERT, row("DE", 1, "a"))).containsExactly(Effect.CREATED);
            assertThat(publish(name, Mode.UPSERT, row("DE" + blank, 1, "b"))).containsExactly(Effect.CREATED);
            assertThat(publish(name, Mode.UPSERT, row("DE", 1, "A"), row("DE" + blank, 1, "B")))
                    .containsExactly(Effect.CHANGED, Effect.CHANGED);
            assertThat(publish(name, Mode.DELETE, gone("DE", 1))).containsExactly(Effect.DELETED);
            assertThat(rows(name)).containsExactly("DE" + blank + ",1,B");
        }
    }

    static Stream<Value> parts() {
        return Stream.of(
                new Value.Int(-7),
                new Value.Real(1.0),
                new Value.Real(-0.1),
                new Value.Real(1e20),
                new Value.Real(Double.MAX_VALUE),
                new Value.Real(Double.MIN_NORMAL),
                new Value.Real(1e-9),
                new Value.Decimal(new BigDecimal("1.50")),
                new Value.Decimal(new BigDecimal("0.0000000001")),
                new Value.Decimal(new BigDecimal("12345678901234567890")),
                new Value.Bool(true),
                new Value.Date(LocalDate.of(2026, 2, 1)),
                new Value.Time(LocalTime.of(1, 2, 0, 500_000_000)),
                new Value.Timestamp(LocalDateTime.of(2026, 2, 1, 3, 0, 0, 1_000)),
                new Value.ZonedTimestamp(Instant.parse("2026-02-01T03:00:00.5Z")),
                Value.Binary.of(new byte[] {0, -1, 39, 92}),
                new Value.Json("{\"a|b\": [1, \"\\\\\"]}"),
                new Value.Json("\"a\\\"|\\\\\""),
                new Value.Json("1e400"),
                new Value.Json("1.50"),
                new Value.Json("true"),
                new Value.Text("a\\\n\"|,\u0001é"));
    }

    /** What was written is found again by its key, whatever type a part of that has. */
    @ParameterizedTest
    @MethodSource("parts")
    void aPartOfAKeyMayBeOfAnyType(Value part) throws SQLException {
        for (String file : List.of("x.csv", "x.jsonl", "x.parquet")) {
            Entry row = new Entry(new Value.Tuple(List.of(value("DE"), part)), Map.of("name", value("a")), "d");
            Entry gone = new Entry(row.key(), Map.of(), "");
            assertThat(publish(file, Mode.UPSERT, row, row("FR", part, "b")))
                    .as(file)
                    .containsOnly(Effect.CREATED);
            assertThat(publish(file, Mode.UPSERT, row)).as(file).containsExactly(Effect.CHANGED);
            assertThat(publish(file, Mode.DELETE, gone)).as(file).containsExactly(Effect.DELETED);
            assertThat(rows(file)).as(file).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "x.jsonl", "x.parquet"})
    void aRowThatLacksAPartOfItsKeyIsNobodys(String file) throws SQLException, IOException {
        switch (file) {
            case "x.csv" -> Files.writeString(bed.file(file), "land,no,name\nDE,,x\nDE,1,a\n");
            case "x.jsonl" ->
                Files.writeString(
                        bed.file(file),
                        "{\"land\":\"DE\",\"name\":\"x\"}\n{\"land\":\"DE\",\"no\":\"1\",\"name\":\"a\"}\n");
            default ->
                run("COPY (SELECT 'DE' AS land, NULL::VARCHAR AS \"no\", 'x' AS name UNION ALL VALUES"
                        + " ('DE', '1', 'a')) TO '" + bed.file(file) + "' (FORMAT parquet)");
        }
        assertThat(publish(file, Mode.UPSERT, row("DE ", "1", "A"))).containsExactly(Effect.CHANGED);
        assertThat(publish(file, Mode.DELETE, gone("DE", ""))).containsExactly(Effect.ABSENT);
        assertThat(rows(file)).containsExactly("DE,null,x", "DE,1,A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "x.jsonl", "x.parquet"})
    void anEventCarriesAllColumnsOfItsKeyAndIsThereOnce(String file) throws SQLException {
        publish(file, Mode.APPEND, row("DE", 1, "a"));
        assertThat(publish(file, Mode.APPEND, row("DE", 1, "b"), row("DE", 2, "c")))
                .containsExactly(Effect.REPEATED, Effect.CREATED);
        assertThat(rows(file)).containsExactly("DE,1,a", "DE,2,c");
    }

    @Test
    void theManifestNamesThemAndNoOtherKeyIsTaken() throws IOException {
        publish("x.csv", Mode.UPSERT, row("DE", 1, "a"));
        assertThat(Files.readString(bed.file("x.csv.manifest.json"))).contains("\"key\" : [ \"land\", \"no\" ]");
        assertThat(bed.manifest("x.csv").current().orElseThrow().key()).containsExactly("land", "no");
        for (TargetKey other : List.of(TargetKey.of("land"), new TargetKey(List.of("land", "name")))) {
            Entry row = new Entry(
                    other.isComposite() ? new Value.Tuple(List.of(value("DE"), value("a"))) : value("DE"),
                    Map.of(),
                    "d");
            assertThat(((StoreAnswer) send(bed.transport(), "x.csv", new Change(Mode.UPSERT, "o", other, List.of(row))))
                            .told())
                    .isInstanceOfSatisfying(Refused.class, no -> {
                        assertThat(no.code()).isEqualTo(Refusal.COLUMN);
                        assertThat(no.message()).startsWith("its rows are known by land + no, not by land");
                    });
        }
        TargetKey turned = new TargetKey(List.of("no", "land"));
        Entry same = new Entry(new Value.Tuple(List.of(value(1), value("DE"))), Map.of("name", value("A")), "d");
        assertThat(effects(send(bed.transport(), "x.csv", new Change(Mode.UPSERT, "t", turned, List.of(same)))))
                .as("the same columns in another order")
                .containsExactly(Effect.CHANGED);
    }

    /** As it was written before there were keys of several columns. */
    @Test
    void aManifestOfOneColumnIsReadAndWrittenAsBefore() throws IOException {
        Files.writeString(bed.file("x.csv"), "id,name\n1,a\n");
        String before = """
                {
                  "file" : "x.csv",
                  "format" : "csv",
                  "generation" : 7,
                  "rows" : 1,
                  "bytes" : 12,
                  "sha256" : "HASH",
                  "columns" : [ "id", "name" ],
                  "key" : "id",
                  "written_at" : "2026-11-22T04:00:00Z",
                  "applied" : [ "old" ]
                }
                """.replace("HASH", Hashes.sha256(bed.file("x.csv")));
        Files.writeString(bed.file("x.csv.manifest.json"), before);
        assertThat(bed.manifest("x.csv").current().orElseThrow().key()).containsExactly("id");
        assertThat(ManifestJson.write("x.csv", bed.manifest("x.csv")))
                .asString()
                .isEqualTo(before);
        assertThat(((StoreAnswer) send(
                                bed.transport(), "x.csv", new Change(Mode.UPSERT, "n", KEY, List.of(gone("DE", 1)))))
                        .told())
                .isInstanceOf(Refused.class);
        assertThat(bed.publish("x.csv", Mode.UPSERT, FileBed.row(1, "name", "b")))
                .containsExactly(Effect.CHANGED);
        assertThat(bed.text("x.csv")).isEqualTo("id,name\n1,b\n");
        assertThat(Stream.of(bed.text("x.csv.manifest.json").split("\n")))
                .contains("  \"generation\" : 8,", "  \"key\" : \"id\",");
    }

    private static void run(String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }
}
