package dev.caravan.transport.file;

import static dev.caravan.transport.file.FileBed.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.row.Value;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreRequest.Mode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLinesFormatTest {

    private FileBed bed;

    @BeforeEach
    void folder(@TempDir Path root) throws IOException {
        bed = new FileBed(root);
    }

    @Test
    void valuesKeepTheirTypesAndAllTheirDigits() throws IOException {
        BigDecimal precise = new BigDecimal("12345678901234567890.123456789012345678");
        bed.publish(
                "x.jsonl",
                Mode.UPSERT,
                row(
                        1,
                        "a",
                        "\"é\n",
                        "b",
                        true,
                        "c",
                        new Value.Decimal(precise),
                        "d",
                        Value.ofNull(),
                        "e",
                        new Value.Date(LocalDate.of(2026, 2, 1))));
        String line =
                "{\"id\":1,\"a\":\"\\\"é\\n\",\"b\":true,\"c\":" + precise + ",\"d\":null,\"e\":\"2026-02-01\"}\n";
        assertThat(bed.text("x.jsonl")).isEqualTo(line);
        bed.publish("x.jsonl", Mode.UPSERT, row(1, "b", false));
        assertThat(bed.text("x.jsonl")).isEqualTo(line.replace("true", "false"));
    }

    @Test
    void jsonIsPartOfTheLine() throws IOException {
        bed.publish("x.jsonl", Mode.UPSERT, row(1, "j", new Value.Json("{\"a\":[1,null]}")));
        assertThat(bed.text("x.jsonl")).isEqualTo("{\"id\":1,\"j\":{\"a\":[1,null]}}\n");
    }

    /** A cell may be as large as it likes: nobody can merge into a file whose lines cannot be read again. */
    @ParameterizedTest
    @MethodSource("large")
    void whatWasWrittenIsReadAgain(Value large) throws IOException {
        assertThat(bed.publish("x.jsonl", Mode.UPSERT, row(1, "j", large), row(2)))
                .containsExactly(Effect.CREATED, Effect.CREATED);
        String line = bed.text("x.jsonl").lines().findFirst().orElseThrow();
        assertThat(bed.publish("x.jsonl", Mode.UPSERT, row(1, "b", true), row(2, "b", false)))
                .containsExactly(Effect.CHANGED, Effect.CHANGED);
        assertThat(bed.text("x.jsonl").lines().findFirst())
                .contains(line.substring(0, line.length() - 1) + ",\"b\":true}");
    }

    static Stream<Value> large() {
        return Stream.of(
                new Value.Json("1".repeat(1_001)),
                new Value.Json("{\"" + "n".repeat(60_000) + "\":[0." + "1".repeat(2_000) + "]}"),
                new Value.Json("1e-400"),
                new Value.Json("{\"\\ud800\":[\"\\udc00x\\u0000\",\"\\\\ud800 é \\ud83d\\ude00\"]}"),
                new Value.Json("1e999999999"),
                new Value.Json("[".repeat(200) + "]".repeat(200)),
                new Value.Text("t".repeat(20_000_001)),
                new Value.Binary("AAAA".repeat(5_000_001)));
    }

    @Test
    void bytesAreBase64() throws IOException {
        bed.publish("x.jsonl", Mode.UPSERT, row(1, "b", new Value.Binary("AP8n"), "e", new Value.Binary("")));
        assertThat(bed.text("x.jsonl")).isEqualTo("{\"id\":1,\"b\":\"AP8n\",\"e\":\"\"}\n");
    }

    @Test
    void linesOfOthersStayAsTheyAre() throws IOException {
        Files.writeString(bed.file("x.ndjson"), "{ \"id\" : \"2\", \"n\": 1e3 }\n\n{\"n\":{\"id\":1}}\n{\"id\":3}");
        assertThat(bed.publish("x.ndjson", Mode.DELETE, row(3), row(1))).containsExactly(Effect.DELETED, Effect.ABSENT);
        assertThat(bed.text("x.ndjson")).isEqualTo("{ \"id\" : \"2\", \"n\": 1e3 }\n{\"n\":{\"id\":1}}\n");
        assertThat(bed.publish("x.ndjson", Mode.UPSERT, row(2, "a", "b"))).containsExactly(Effect.CHANGED);
        assertThat(bed.text("x.ndjson")).startsWith("{\"id\":\"2\",\"n\":1E+3,\"a\":\"b\"}\n");
    }

    @Test
    void anAppendedRowIsThereOnce() throws IOException {
        bed.publish("x.jsonl", Mode.APPEND, row(1));
        assertThat(bed.publish("x.jsonl", Mode.APPEND, row(2), row(1)))
                .containsExactly(Effect.CREATED, Effect.REPEATED);
        assertThat(bed.text("x.jsonl").lines()).hasSize(2);
    }
}
