package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.diff.Change;
import dev.caravan.model.Column;
import dev.caravan.model.FileFormat;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.row.Row;
import dev.caravan.row.ValueType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet and JSON, read in place with their own types. */
class FileTypesTest {

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

    private Row first(Mappings mapping) {
        return ((Change.Added) bench.plan(mapping.build()).changes().getFirst()).row();
    }

    private void parquet(String select) {
        Workbench.outside(
                folder.resolve("scratch.duckdb"),
                "copy (" + select + ") to '" + bench.files.resolve("m.parquet") + "' (format parquet)");
    }

    @Test
    void parquetKeepsItsTypes() {
        parquet("select 7 as id, true as b, 1.25::decimal(9,4) as n, 0.1::double as f, date '2024-02-29' as d,"
                + " time '01:02:03' as t, timestamp_ns '2024-02-29 01:02:03.123456789' as l,"
                + " timestamptz '2024-02-29 01:02:03+02' as z, 'b'::enum('a','b') as e, interval 1 day as s,"
                + " 18446744073709551615::ubigint as u");
        Mappings mapping = Mappings.file("m.parquet", FileFormat.PARQUET, "b", "n", "f", "d", "t", "l", "z", "e", "u");
        Row row = first(mapping);
        assertThat(row.values().values().stream().map(value -> value.text()))
                .containsExactly(
                        "7",
                        "true",
                        "1.25",
                        "0.1",
                        "2024-02-29",
                        "01:02:03",
                        "2024-02-29T01:02:03.123456",
                        "2024-02-28T23:02:03Z",
                        "b",
                        "18446744073709551615");
        assertThatThrownBy(() -> bench.plan(
                        Mappings.file("m.parquet", FileFormat.PARQUET, "s").build()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("INTERVAL");
    }

    @Test
    void daysThatIsoTextCannotWriteAreInvalid() {
        parquet("select * from (values (1, date '2024-01-01'), (2, date 'infinity'), (3, date '0044-03-15 (BC)'),"
                + " (4, date '12024-01-01')) t(id, d)");
        assertThat(bench.plan(Mappings.file("m.parquet", FileFormat.PARQUET, "d")
                                .watermark("d")
                                .build())
                        .check()
                        .byReason())
                .containsEntry("type:d", 3L);
    }

    @Test
    void declaredTypesApplyToTypedColumnsToo() {
        parquet("select 7 as id, 1.5::double as f, timestamp '2024-07-01 10:00:00' as l, 1 as i");
        Mappings mapping = Mappings.file("m.parquet", FileFormat.PARQUET, "f", "l", "i")
                .column("f", ValueType.DECIMAL)
                .column("l", ValueType.TIMESTAMP, "Europe/Berlin")
                .column("i", ValueType.TEXT);
        Row row = first(mapping);
        assertThat(row.get("f").text()).isEqualTo("1.5");
        assertThat(row.get("l").text()).isEqualTo("2024-07-01T08:00:00Z");
        assertThat(row.get("i").text()).isEqualTo("1");
        assertThatThrownBy(() -> first(
                        Mappings.file("m.parquet", FileFormat.PARQUET, "l").column("l", ValueType.TIMESTAMPTZ)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(Code.MODEL_ZONE_MISSING.text());
        assertThatThrownBy(() -> first(
                        Mappings.file("m.parquet", FileFormat.PARQUET, "l").column("l", ValueType.BOOLEAN)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(Code.MODEL_COLUMN_TYPE.text());
    }

    @Test
    void jsonHasItsOwnTypesAndNoMore() {
        bench.file(
                "m.json",
                "[{\"id\": \"a\", \"d\": \"2020-01-01\", \"u\": \"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11\", \"i\": 1,"
                        + " \"f\": 1, \"b\": true, \"m\": 1, \"o\": {\"x\": 1}, \"big\": 18446744073709551615},"
                        + " {\"id\": \"b\", \"i\": -2, \"f\": 1.5, \"b\": null, \"m\": \"x\", \"late\": \"z\"}]");
        assertThat(bench.engine
                        .describe(Mappings.file("m.json", FileFormat.JSON).model())
                        .columns())
                .containsExactly(
                        new Column("id", ValueType.TEXT),
                        new Column("d", ValueType.TEXT),
                        new Column("u", ValueType.TEXT),
                        new Column("i", ValueType.INTEGER),
                        new Column("f", ValueType.DOUBLE),
                        new Column("b", ValueType.BOOLEAN),
                        new Column("m", ValueType.TEXT),
                        new Column("o", ValueType.JSON),
                        new Column("big", ValueType.DECIMAL),
                        new Column("late", ValueType.TEXT));
        Row row = first(Mappings.file("m.json", FileFormat.JSON, "d", "u", "i", "f", "b", "m", "big", "late"));
        assertThat(row.values().values().stream().map(value -> value.text()))
                .containsExactly(
                        "a",
                        "2020-01-01",
                        "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
                        "1",
                        "1",
                        "true",
                        "1",
                        "18446744073709551615",
                        "");
    }

    @Test
    void jsonMayBeOneObjectALine() {
        bench.file("m.json", "{\"id\": 1, \"v\": \"a\"}\n{\"id\": 2, \"v\": \"b\"}\n");
        assertThat(bench.plan(Mappings.file("m.json", FileFormat.JSON, "v").build())
                        .keys())
                .containsExactly("+1", "+2");
    }

    @Test
    void brokenFilesAreTheEnvironmentsFaultAndShowNoContent() {
        bench.file("m.parquet", "SECRET, not parquet");
        bench.file("m.json", "[{\"id\": \"SECRET\", ");
        assertThatThrownBy(() -> first(Mappings.file("m.parquet", FileFormat.PARQUET)))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageNotContaining("SECRET");
        assertThatThrownBy(() -> first(Mappings.file("m.json", FileFormat.JSON)))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageNotContaining("SECRET");
    }
}
