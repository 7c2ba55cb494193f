package dev.caravan.transport.file;

import static dev.caravan.transport.file.FileBed.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.row.Value;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFormatTest {

    private static final String FILE = "x.parquet";

    private FileBed bed;

    @BeforeEach
    void folder(@TempDir Path root) throws IOException {
        bed = new FileBed(root);
    }

    @Test
    void rowsAreMergedByKeyAndKeepTheirTypes() throws SQLException {
        Value when = new Value.ZonedTimestamp(Instant.parse("2026-02-01T10:00:00Z"));
        Value much = new Value.Decimal(new BigDecimal("12345678901234567890.5"));
        assertThat(bed.publish(
                        FILE, Mode.UPSERT, row(1, "t", "x'\n", "w", when, "m", much), row(2, "t", Value.ofNull())))
                .containsExactly(Effect.CREATED, Effect.CREATED);
        assertThat(bed.publish(FILE, Mode.UPSERT, row(2, "t", "", "b", true), row(3, "t", "new")))
                .containsExactly(Effect.CHANGED, Effect.CREATED);
        assertThat(bed.publish(FILE, Mode.DELETE, row(3), row(4))).containsExactly(Effect.DELETED, Effect.ABSENT);
        assertThat(bed.publish(FILE, Mode.UPDATE, row(1, "m", 7), row(4, "m", 7)))
                .containsExactly(Effect.CHANGED, Effect.ABSENT);
        assertThat(query("SELECT * FROM f ORDER BY id"))
                .containsExactly("1|x'\n|2026-02-01T10:00Z|7.000000000000000000|null", "2||null|null|true");
        assertThat(query("SELECT typeof(id), typeof(w), typeof(m), typeof(b) FROM f LIMIT 1"))
                .containsExactly("BIGINT|TIMESTAMP WITH TIME ZONE|DECIMAL(38,18)|BOOLEAN");
    }

    @Test
    void aColumnOfNullsTakesTheTypeOfItsFirstValue() throws SQLException {
        bed.publish(FILE, Mode.UPSERT, row("a", "n", Value.ofNull()));
        bed.publish(FILE, Mode.UPSERT, row("b", "n", 5));
        assertThat(query("SELECT id, n, typeof(n) FROM f ORDER BY id")).containsExactly("a|null|BIGINT", "b|5|BIGINT");
    }

    @Test
    void aColumnOfAnotherTypeIsRefusedAndAValueThatDoesNotFitLeftOut() throws SQLException, IOException {
        run("COPY (SELECT 1::TINYINT AS id, DATE '2026-02-01' AS d) TO '" + bed.file(FILE) + "' (FORMAT parquet)");
        StoreAnswer answer =
                (StoreAnswer) FileBed.send(bed.transport(), FILE, bed.change(Mode.UPSERT, row(1, "d", "soon")));
        assertThat(answer.told()).isInstanceOfSatisfying(Refused.class, no -> {
            assertThat(no.code()).isEqualTo(Refusal.COLUMN);
            assertThat(no.message()).contains("d holds DATE").doesNotContain("soon");
        });
        assertThat(bed.publish(FILE, Mode.UPSERT, row(300), row(2))).containsExactly(Effect.UNFIT, Effect.CREATED);
        assertThat(query("SELECT id FROM f ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void noDigitIsRoundedAway() throws SQLException {
        Value fits = new Value.Decimal(new BigDecimal("0.000000000000000001"));
        Value not = new Value.Decimal(new BigDecimal("0.0000000000000000001"));
        assertThat(bed.publish(FILE, Mode.UPSERT, row(1, "n", fits), row(2, "n", not)))
                .containsExactly(Effect.CREATED, Effect.UNFIT);
        assertThat(query("SELECT id, n = CAST('0.000000000000000001' AS DECIMAL(38,18)) FROM f"))
                .containsExactly("1|true");
    }

    @Test
    void jsonAndBytesStayWhatTheyAre() throws SQLException {
        Value json = new Value.Json("{\"a\":[1,null]}");
        Value bytes = new Value.Binary("AP8=");
        bed.publish(FILE, Mode.UPSERT, row(1, "j", json, "b", bytes));
        assertThat(bed.publish(FILE, Mode.UPSERT, row(1, "j", json), row(2, "j", json, "b", bytes)))
                .containsExactly(Effect.CHANGED, Effect.CREATED);
        assertThat(query("SELECT id, j, typeof(j), hex(b), typeof(b) FROM f ORDER BY id"))
                .containsExactly("1|{\"a\":[1,null]}|JSON|00FF|BLOB", "2|{\"a\":[1,null]}|JSON|00FF|BLOB");
        assertThat(query("SELECT name, type, converted_type FROM parquet_schema('" + bed.file(FILE)
                        + "') WHERE name IN ('j', 'b') ORDER BY name"))
                .containsExactly("b|BYTE_ARRAY|null", "j|BYTE_ARRAY|JSON");
        bed.publish(FILE, Mode.UPSERT, row(1, "j", Value.ofNull(), "b", Value.ofNull()));
        assertThat(query("SELECT count(*) FROM f WHERE j IS NULL AND b IS NULL AND id = 1"))
                .containsExactly("1");
    }

    @Test
    void jsonGoesOnAsTextInAFileThatHasItSo() throws SQLException {
        run("COPY (SELECT 1 AS id, '{}' AS j, NULL::VARCHAR AS n) TO '" + bed.file(FILE) + "' (FORMAT parquet)");
        Value json = new Value.Json("[0.12345678901234567890123]");
        assertThat(bed.publish(FILE, Mode.UPSERT, row(2, "j", json, "n", json))).containsExactly(Effect.CREATED);
        assertThat(query("SELECT id, j, typeof(j), n, typeof(n) FROM f ORDER BY id"))
                .containsExactly(
                        "1|{}|VARCHAR|null|JSON",
                        "2|[0.12345678901234567890123]|VARCHAR|[0.12345678901234567890123]|JSON");
    }

    @Test
    void bytesAreAKey() throws SQLException {
        Value one = new Value.Binary("AP8=");
        Value two = new Value.Binary("AP4=");
        bed.publish(FILE, Mode.UPSERT, row(one, "a", 1), row(two, "a", 2));
        assertThat(bed.publish(FILE, Mode.UPSERT, row(two, "a", 3))).containsExactly(Effect.CHANGED);
        assertThat(bed.publish(FILE, Mode.DELETE, row(one))).containsExactly(Effect.DELETED);
        assertThat(query("SELECT hex(id), typeof(id), a FROM f")).containsExactly("00FE|BLOB|3");
    }

    @Test
    void anAppendedRowIsThereOnce() throws SQLException {
        bed.publish(FILE, Mode.APPEND, row(1, "a", "b"));
        assertThat(bed.publish(FILE, Mode.APPEND, row(2, "a", "c"), row(1, "a", "b")))
                .containsExactly(Effect.CREATED, Effect.REPEATED);
        assertThat(query("SELECT id, a, caravan_id FROM f ORDER BY id"))
                .containsExactly("1|b|dedupe-1", "2|c|dedupe-2");
    }

    @Test
    void whatIsNoParquetIsLeftAlone() throws IOException {
        Files.writeString(bed.file(FILE), "id,a\n");
        StoreAnswer answer = (StoreAnswer) FileBed.send(bed.transport(), FILE, bed.change(Mode.UPSERT, row(1)));
        assertThat(answer.told())
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(Refusal.OBJECT));
        assertThat(bed.text(FILE)).isEqualTo("id,a\n");
    }

    private void run(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = db.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("CREATE VIEW f AS SELECT * FROM '" + bed.file(FILE) + "'");
            try (ResultSet rows = statement.executeQuery(sql)) {
                List<String> all = new ArrayList<>();
                while (rows.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        cells.add(String.valueOf((Object) rows.getString(i)));
                    }
                    all.add(String.join("|", cells));
                }
                return all;
            }
        }
    }
}
