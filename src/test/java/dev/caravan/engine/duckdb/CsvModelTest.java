package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.model.Column;
import dev.caravan.model.FileFormat;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as models: cells, declared types, malformed files, and files that must not be read. */
class CsvModelTest {

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static Row row(Found found, int index) {
        return ((Change.Added) found.changes().get(index)).row();
    }

    private static Value text(String value) {
        return new Value.Text(value);
    }

    @Test
    void cellsAreTextAndNothingIsGuessed() {
        bench.file(
                "model.csv",
                "\uFEFFid,\"na\"\"me\",note\r\n"
                        + "1,\"a\nb\",\r\n"
                        + "2,\"\",\"x, \"\"y\"\"\"\r\n"
                        + "03,2020-01-01,  spaced \r\n"
                        + "4,NULL,Zoë ’quoted’");
        Found found = bench.plan(Mappings.csv("na\"me", "note").build());
        assertThat(found.changes()).hasSize(4);
        assertThat(row(found, 0).values())
                .isEqualTo(Map.of("id", text("03"), "na\"me", text("2020-01-01"), "note", text("  spaced ")));
        assertThat(row(found, 1).get("na\"me")).isEqualTo(text("a\nb"));
        assertThat(row(found, 1).get("note")).isEqualTo(Value.ofNull());
        assertThat(row(found, 2).get("na\"me")).isEqualTo(Value.ofNull());
        assertThat(row(found, 2).get("note")).isEqualTo(text("x, \"y\""));
        assertThat(row(found, 3).get("na\"me")).isEqualTo(text("NULL"));
        assertThat(row(found, 3).get("note")).isEqualTo(text("Zoë ’quoted’"));
    }

    @Test
    void aFileOfAHeaderAloneHasNoRows() {
        bench.file("model.csv", "id,name\n");
        assertThat(bench.plan(Mappings.csv("name").build()).check().rows()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "BOOLEAN;yes;true",
                "BOOLEAN;0;false",
                "INTEGER; 42 ;42",
                "INTEGER;-007;-7",
                "DECIMAL;1.50;1.5",
                "DECIMAL;-.125;-0.125",
                "DECIMAL;12345678901234567890;12345678901234567890",
                "DOUBLE;1e3;1000",
                "DOUBLE;nan;NaN",
                "DATE;2024-02-29;2024-02-29",
                "TIME;09:30;09:30:00",
                "TIMESTAMP;2024-02-29 09:30:00.1200;2024-02-29T09:30:00.12",
                "TIMESTAMPTZ;2024-02-29T09:30:00+0530;2024-02-29T04:00:00Z",
                "TIMESTAMPTZ;2024-02-29 09:30:00.5Z;2024-02-29T09:30:00.5Z"
            })
    void declaredCellsAreRead(ValueType type, String cell, String canonical) {
        bench.file("model.csv", "id,v\n1,\"" + cell + "\"\n2,\n");
        Found found = bench.plan(Mappings.csv("v").column("v", type).build());
        assertThat(row(found, 0).get("v").text()).isEqualTo(canonical);
        assertThat(row(found, 1).get("v").isNull()).isTrue();
        assertThat(found.check().invalid()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "BOOLEAN;maybe",
                "INTEGER;1.7",
                "INTEGER;1_000",
                "INTEGER;99999999999999999999",
                "INTEGER;1e3",
                "DECIMAL;1.0000000000000000001",
                "DECIMAL;1,5",
                "DOUBLE;0x10",
                "DOUBLE;1_0.5",
                "DATE;2024-02-30",
                "DATE;29.02.2024",
                "DATE;0000-01-01",
                "TIME;24:00:00",
                "TIMESTAMP;2024-02-29 09:30:00Z",
                "TIMESTAMP;2024-02-29",
                "TIMESTAMPTZ;2024-02-29 09:30:00"
            })
    void anUnreadableCellMakesItsRowInvalidAlone(ValueType type, String cell) {
        bench.file("model.csv", "id,v\n1,\"" + cell + "\"\n2,\n");
        Found found = bench.plan(Mappings.csv("v").column("v", type).build());
        assertThat(found.keys()).containsExactly("+2");
        assertThat(found.check().byReason()).isEqualTo(Map.of("type:v", 1L));
        assertThat(found.check().samples()).containsExactly(new Quarantined("1", List.of("type:v")));
    }

    @Test
    void aZoneMakesWallClockTimesInstants() {
        bench.file("model.csv", "id,v\n1,2024-07-01 10:00:00\n2,2024-01-01T10:00:00\n");
        Found found = bench.plan(Mappings.csv("v")
                .column("v", ValueType.TIMESTAMP, "Europe/Berlin")
                .watermark("v")
                .build());
        assertThat(row(found, 0).get("v").text()).isEqualTo("2024-07-01T08:00:00Z");
        assertThat(row(found, 1).get("v").text()).isEqualTo("2024-01-01T09:00:00Z");
        assertThat(found.check().newest()).contains(Instant.parse("2024-07-01T08:00:00Z"));
        assertThat(bench.engine
                        .describe(Mappings.csv()
                                .column("v", ValueType.TIMESTAMP, "Europe/Berlin")
                                .model())
                        .columns())
                .containsExactly(new Column("id", ValueType.TEXT), new Column("v", ValueType.TIMESTAMPTZ));
    }

    @Test
    void anUnreadableKeyStopsRemovals() {
        bench.file("model.csv", "id,v\n1,a\n2,b\n");
        bench.sync(Mappings.csv("v").column("id", ValueType.INTEGER).build());
        bench.file("model.csv", "id,v\n1,a\nx,b\n,c\n");
        Found found =
                bench.plan(Mappings.csv("v").column("id", ValueType.INTEGER).build());
        assertThat(found.keys()).isEmpty();
        assertThat(found.counts().gone()).isEqualTo(1);
        assertThat(found.check().nullKeys()).isEqualTo(2);
        assertThat(found.check().byReason()).isEqualTo(Map.of("null_key", 1L, "type:id", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "id,v\\n1,a\\n2\\n;3",
                "id,v\\n1,a\\n2,b,SECRET\\n;3",
                "id,v\\n1,\"SECRET\\n2,b\\n;2",
                "id,v\\n1,\"SE\"CRET\\n;2"
            })
    void aMalformedLineFailsTheReadAndShowsNoCell(String escaped, int line) {
        bench.file("model.csv", escaped.replace("\\n", "\n"));
        assertThatThrownBy(() -> bench.plan(Mappings.csv("v").build()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("line " + line + " of model.csv")
                .hasMessageNotContaining("SECRET")
                .extracting(e -> ((CaravanException) e).problems().getFirst().code())
                .isEqualTo(Code.MODEL_UNREADABLE);
    }

    @Test
    void aFileThatIsNotUtf8FailsTheRead() throws IOException {
        Files.write(bench.files.resolve("model.csv"), "id,v\n1,Zo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> bench.plan(Mappings.csv("v").build()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("it is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id,ID\n1,2\n", "id,,v\n1,2,3\n"})
    void aHeaderMustNameEachColumnOnce(String text) {
        bench.file("model.csv", text);
        assertThatThrownBy(() -> bench.plan(Mappings.csv("v").build())).isInstanceOf(EnvironmentFailure.class);
    }

    @Test
    void aFailedReadLeavesTheSnapshotAsItWas() {
        bench.file("model.csv", "id,v\n1,a\n2,b\n");
        bench.sync(Mappings.csv("v").build());
        bench.file("model.csv", "id,v\n1,a,x\n");
        assertThatThrownBy(() -> bench.plan(Mappings.csv("v").build())).isInstanceOf(EnvironmentFailure.class);
        bench.file("model.csv", "id,v\n1,a\n2,b\n");
        assertThat(bench.plan(Mappings.csv("v").build()).changes()).isEmpty();
    }

    @Test
    void onlyTheFolderOfTheConnectionCanBeRead() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.csv"), "id,v\n1,a\n");
        Files.createSymbolicLink(bench.files.resolve("link.csv"), outside);
        for (String path : List.of("../outside.csv", "link.csv", outside.toString())) {
            assertThatThrownBy(() ->
                            bench.plan(Mappings.file(path, FileFormat.CSV, "v").build()))
                    .as(path)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("outside the folder");
        }
        assertThatThrownBy(() -> bench.plan(
                        Mappings.file("absent.csv", FileFormat.CSV, "v").build()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("has no readable file absent.csv");
    }

    @Test
    void aFileNameIsNoPattern() {
        bench.file("a*.csv", "id,v\nstar,a\n");
        bench.file("ab.csv", "id,v\nb,a\n");
        assertThat(bench.plan(Mappings.file("a*.csv", FileFormat.CSV, "v").build())
                        .keys())
                .containsExactly("+star");
    }
}
