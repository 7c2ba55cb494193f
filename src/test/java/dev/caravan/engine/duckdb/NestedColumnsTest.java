package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.contract.Check;
import dev.caravan.diff.Change;
import dev.caravan.model.Column;
import dev.caravan.model.FileFormat;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON, lists, structures and bytes from the warehouse and from files. */
class NestedColumnsTest {

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

    private static Row row(Change change) {
        return ((Change.Added) change).row();
    }

    @Test
    void structuresListsAndMapsAreJsonWithExactNumbers() {
        bench.warehouse(
                "create or replace table n as select 1 as id, {'x': 1.25::decimal(30,20), 'd': date '2024-02-29'} as s,"
                        + " [1, null, 2] as l, [1, 2]::int[2] as a, map {'b': 1, 'a': 2} as m,"
                        + " '{\"q\" : 0.1234567890123456789 }'::json as j, 'null'::json as u, '\\xAA\\x00'::blob as y");
        Mappings mapping = Mappings.table("n", "s", "l", "a", "m", "j", "u", "y");
        assertThat(bench.engine.describe(mapping.model()).columns())
                .contains(
                        new Column("s", ValueType.JSON),
                        new Column("l", ValueType.JSON),
                        new Column("m", ValueType.JSON),
                        new Column("y", ValueType.BINARY));
        Row row = row(bench.plan(mapping.build()).changes().getFirst());
        assertThat(row.get("s")).isEqualTo(new Value.Json("{\"d\":\"2024-02-29\",\"x\":1.25}"));
        assertThat(row.get("l").text()).isEqualTo("[1,null,2]");
        assertThat(row.get("a").text()).isEqualTo("[1,2]");
        assertThat(row.get("m").text()).isEqualTo("{\"a\":2,\"b\":1}");
        assertThat(row.get("j").text()).isEqualTo("{\"q\":0.1234567890123456789}");
        assertThat(row.get("u")).isEqualTo(Value.ofNull());
        assertThat(row.get("y")).isEqualTo(Value.Binary.of(new byte[] {(byte) 0xAA, 0}));
    }

    @Test
    void theSameInAnotherWritingIsACandidateWhoseValuesAreEqual() {
        bench.warehouse(
                "create or replace table n as select 1 as id, '{\"a\":1,\"b\":[1.0]}'::json as j, '\\x01'::blob as y");
        Mappings mapping = Mappings.table("n", "j", "y");
        bench.sync(mapping.build());
        assertThat(bench.plan(mapping.build()).changes()).isEmpty();
        bench.warehouse("update n set j = '{ \"b\" : [1] , \"a\" : 1e0 }'::json");
        Change.Changed same =
                (Change.Changed) bench.plan(mapping.build()).changes().getFirst();
        assertThat(same.row()).isEqualTo(same.known().image());
        bench.warehouse("update n set y = '\\x02'::blob");
        Change.Changed other =
                (Change.Changed) bench.plan(mapping.build()).changes().getFirst();
        assertThat(other.known().image().get("y")).isEqualTo(Value.Binary.of(new byte[] {1}));
        assertThat(other.row().get("y")).isEqualTo(Value.Binary.of(new byte[] {2}));
    }

    @Test
    void declaredCellsAreReadStrictly() {
        bench.file("model.csv", "id,j,y\n1,\"{\"\"b\"\": 1}\",AQI=\n2,{b},AQI=\n3,1,A\n4,,\n5,null,\n");
        Mappings mapping = Mappings.csv("j", "y").column("j", ValueType.JSON).column("y", ValueType.BINARY);
        Workbench.Found found = bench.plan(mapping.build());
        assertThat(found.check().byReason()).containsEntry("type:j", 1L).containsEntry("type:y", 1L);
        List<Row> rows = found.changes().stream().map(NestedColumnsTest::row).toList();
        assertThat(rows.getFirst().get("j")).isEqualTo(new Value.Json("{\"b\":1}"));
        assertThat(rows.getFirst().get("y")).isEqualTo(Value.Binary.of(new byte[] {1, 2}));
        assertThat(rows.subList(1, 3))
                .allSatisfy(row -> assertThat(row.get("j")).isEqualTo(Value.ofNull()));
    }

    @Test
    void objectsOfAFileKeepTheirOwnMembers() {
        bench.file(
                "m.json",
                "[{\"id\": 1, \"o\": {\"b\": 1, \"a\": [2]}}, {\"id\": 2, \"o\": {\"c\": null}}, {\"id\": 3}]");
        assertThat(bench.plan(Mappings.file("m.json", FileFormat.JSON, "o").build()).changes().stream()
                        .map(change -> row(change).get("o").text()))
                .containsExactly("{\"a\":[2],\"b\":1}", "{\"c\":null}", "");
    }

    @Test
    void whatNobodyElseReadsStaysText() {
        String deep = "[".repeat(900) + "]".repeat(900);
        bench.warehouse("create or replace table n as select 1 as id, '" + deep + "'::json as j");
        Mappings mapping = Mappings.table("n", "j");
        assertThat(row(bench.plan(mapping.build()).changes().getFirst()).get("j"))
                .isEqualTo(new Value.Text(deep));
    }

    @Test
    void aStructureIsNoKeyAndBytesAre() {
        bench.warehouse("create or replace table n as select {'x': 1} as s, '\\xFF\\xFE'::blob as y, 'a' as v");
        assertThatThrownBy(() -> bench.plan(Mappings.table("n", "v").key("s").build()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("cannot be a key");
        assertThat(bench.plan(Mappings.table("n", "v").key("y").build()).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.key().display()).isEqualTo("//4="));
    }

    @Test
    void checksSeeJsonAsItIsWrittenAndBytesAsBase64() {
        bench.warehouse("create or replace table n as select 1 as id, '{\"a\": 1}'::json as j, '\\x01'::blob as y"
                + " union all select 2, 'null'::json, null");
        Mappings mapping = Mappings.table("n", "j", "y")
                .check(new Check.Pattern("j", "\\{\"a\": 1\\}", Mappings.PLACE))
                .check(new Check.AcceptedValues("y", List.of(new Value.Binary("AQ==")), Mappings.PLACE))
                .check(new Check.NotNull(List.of("j"), Mappings.PLACE));
        assertThat(bench.plan(mapping.build()).check().byReason()).containsOnly(java.util.Map.entry("not_null:j", 1L));
    }

    @Test
    void aColumnThatBecomesJsonIsReadAgain() {
        bench.warehouse("create or replace table n as select 1 as id, '{\"a\": 1}' as j, 'AQ==' as y");
        bench.sync(Mappings.table("n", "j", "y").build());
        bench.warehouse("create or replace table n as select 1 as id, '{\"a\": 1}'::json as j, '\\x01'::blob as y");
        Change.Changed change = (Change.Changed)
                bench.plan(Mappings.table("n", "j", "y").build()).changes().getFirst();
        assertThat(change.row().get("j")).isEqualTo(new Value.Json("{\"a\":1}"));
        assertThat(change.row().get("y")).isEqualTo(Value.Binary.of(new byte[] {1}));
    }
}
