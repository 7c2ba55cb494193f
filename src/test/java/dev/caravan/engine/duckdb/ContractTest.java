package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.contract.Check;
import dev.caravan.contract.CheckResult;
import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Place;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract over staged rows: every check, its reason, and what quarantine means for the diff. */
class ContractTest {

    private static final Place CHECK = new Place("mappings/test.yaml", 9, 5);

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

    private static Check range(String column, String min, String max) {
        return new Check.Range(
                column,
                Optional.ofNullable(min).map(BigDecimal::new),
                Optional.ofNullable(max).map(BigDecimal::new),
                CHECK);
    }

    @Test
    void everyCheckNamesTheRowsThatBreakIt() {
        bench.warehouse(
                "create table v (id varchar, email varchar, score double, grade varchar, a integer, b integer, seen timestamp)",
                "insert into v values ('ok', 'x@y.z', 0.5, 'A', 1, 1, '2024-01-02 03:04:05'),"
                        + "('nulls', null, null, null, null, null, null),"
                        + "('range', 'x@y.z', 1.5, 'B', 1, 2, '2024-01-01'),"
                        + "('nan', 'x@y.z', 'nan', 'B', 1, 3, '2024-01-01'),"
                        + "('grade', 'x@y.z', 0, 'Z', 1, 4, '2024-01-01'),"
                        + "('pattern', 'xy.z x@y.z', 0, 'A', 1, 5, '2024-01-01'),"
                        + "('twin1', 'x@y.z', 0, 'A', 2, 6, '2024-01-01'), ('twin2', 'x@y.z', 0, 'A', 2, 6, null),"
                        + "('sql', 'x@y.z', 1, 'A', 1, 99, '2024-01-01')");
        Found found = bench.plan(Mappings.table("v", "email")
                .watermark("seen")
                .check(new Check.NotNull(List.of("email", "score"), CHECK))
                .check(range("score", "0", "1"))
                .check(new Check.AcceptedValues("grade", List.of(new Value.Text("A"), new Value.Text("B")), CHECK))
                .check(new Check.Pattern("email", "[^@ ]+@[^@ ]+", CHECK))
                .check(new Check.Sql("true", CHECK))
                .check(new Check.Unique(List.of("a", "b"), CHECK))
                .check(new Check.Sql("b < 99 -- or so", CHECK))
                .build());
        CheckResult check = found.check();
        assertThat(check.byReason())
                .isEqualTo(Map.of(
                        "not_null:email", 1L,
                        "not_null:score", 1L,
                        "range:score", 2L,
                        "accepted:grade", 1L,
                        "pattern:email", 1L,
                        "unique:a,b", 2L,
                        "sql:2", 1L));
        assertThat(check.rows()).isEqualTo(9);
        assertThat(check.invalid()).isEqualTo(8);
        assertThat(check.newest()).contains(Instant.parse("2024-01-02T03:04:05Z"));
        assertThat(found.keys()).containsExactly("+ok");
        assertThat(check.samples())
                .contains(
                        new Quarantined("nulls", List.of("not_null:email", "not_null:score")),
                        new Quarantined("twin2", List.of("unique:a,b")));
    }

    @Test
    void boundsAreComparedExactlyInEveryNumberType() {
        bench.warehouse("create table v as select * from (values ('in', 1::bigint, 0.30::decimal(4,2), 0.3::double),"
                + " ('over', 3, 0.31, 0.31), ('under', -1, -0.01, -0.1)) t(id, i, d, f)");
        CheckResult check = bench.plan(Mappings.table("v")
                        .check(range("i", "-0.5", "2.5"))
                        .check(range("d", "0", "0.3"))
                        .check(range("f", null, "0.3"))
                        .build())
                .check();
        assertThat(check.byReason()).isEqualTo(Map.of("range:i", 2L, "range:d", 2L, "range:f", 1L));
    }

    @Test
    void duplicatedKeysAreAllInvalidAsTheDestinationComparesThem() {
        bench.file("model.csv", "id,v\nA,1\na ,2\nb,3\nB,4\nc,5\n");
        RowKey.Equality folded = new RowKey.Equality(true, true);
        Found found = bench.plan(Mappings.csv("v").build(), folded);
        assertThat(found.keys()).containsExactly("+c");
        assertThat(found.check().byReason()).isEqualTo(Map.of("duplicate_key", 4L));
        assertThat(bench.plan(Mappings.csv("v").id("exact").build()).changes()).hasSize(5);
    }

    @Test
    void aQuarantinedKeyIsNeitherChangedNorRemoved() {
        Mappings mapping = Mappings.csv("v").column("v", ValueType.INTEGER).check(range("v", "0", "9"));
        bench.file("model.csv", "id,v\na,1\nb,2\nc,3\nd,4\n");
        bench.sync(mapping.build());
        bench.file("model.csv", "id,v\na,99\nb,x\nc,3\nc,4\n");
        Found found = bench.sync(mapping.build());
        assertThat(found.keys()).containsExactly("-d");
        assertThat(found.counts().same()).isZero();
        bench.file("model.csv", "id,v\na,1\nb,2\nc,3\n");
        assertThat(bench.plan(mapping.build()).changes()).isEmpty();
    }

    @Test
    void manyReasonsFitBesideARow() {
        StringBuilder columns = new StringBuilder("'k' as id");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            columns.append(", ")
                    .append(i % 2 == 0 ? "null" : "1")
                    .append("::integer as c")
                    .append(i);
            names.add("c" + i);
        }
        bench.warehouse("create table wide as select " + columns);
        CheckResult check = bench.plan(Mappings.table("wide")
                        .check(new Check.NotNull(names, CHECK))
                        .build())
                .check();
        assertThat(check.byReason()).hasSize(65).containsEntry("not_null:c128", 1L);
        assertThat(check.samples().getFirst().reasons()).hasSize(65);
    }

    @Test
    void theFirstThousandAreNamedInReadingOrder() {
        bench.warehouse("create table v as select lpad(i::varchar, 4, '0') as id, null as v from range(1050) r(i)");
        CheckResult check = bench.plan(Mappings.table("v")
                        .check(new Check.NotNull(List.of("v"), CHECK))
                        .build())
                .check();
        assertThat(check.samples()).hasSize(CheckResult.NAMED);
        assertThat(check.samples().getFirst().key()).isEqualTo("0000");
        assertThat(check.invalid()).isEqualTo(1050);
    }

    @Test
    void aConditionThatCannotBeJudgedForARowMakesThatRowInvalid() {
        bench.file("model.csv", "id,v\na,1\nb,x\nc,\n");
        Found found = bench.plan(Mappings.csv("v")
                .check(new Check.Sql("cast(v as integer) > 0", CHECK))
                .build());
        assertThat(found.keys()).containsExactly("+a", "+c");
        assertThat(found.check().byReason()).isEqualTo(Map.of("sql:1", 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v in (select 1)",
                "true) from leads where (true",
                "true, false",
                "count(*) over () > 1",
                "sum(1) > 1",
                "absent > 1",
                "v || 'x'",
                "getenv('HOME') = ''",
                "v = ?",
                "(((",
                "random() > 0.5; drop table x"
            })
    void aConditionMustBeOneExpressionOverTheRow(String condition) {
        bench.file("model.csv", "id,v\na,1\n");
        assertThatThrownBy(() -> bench.plan(
                        Mappings.csv("v").check(new Check.Sql(condition, CHECK)).build()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("mappings/test.yaml:9:5 ");
    }

    @Test
    void checksOfColumnsThatCannotBeCheckedAreRefused() {
        bench.file("model.csv", "id,v\na,1\n");
        for (Check check : List.of(
                range("v", "0", null),
                new Check.NotNull(List.of("absent"), CHECK),
                new Check.Unique(List.of("absent"), CHECK),
                new Check.Pattern("v", "(", CHECK))) {
            assertThatThrownBy(() -> bench.plan(Mappings.csv("v").check(check).build()))
                    .as(check.toString())
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("mappings/test.yaml:9:5 ");
        }
        assertThatThrownBy(() -> bench.plan(Mappings.csv("v").watermark("v").build()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("watermark");
    }
}
