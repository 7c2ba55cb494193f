package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.model.Column;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.row.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL models: what they may say, what they see, and how long the warehouse stays open for them. */
class ModelSqlTest {

    @TempDir
    static Path folder;

    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = new Workbench(folder);
        bench.file("x.csv", "id\n1\n");
        bench.warehouse(
                "create table leads as select 'k' || i as id, i as n, 'A' as grade from range(5) r(i)",
                "create schema mart",
                "create table mart.scores as select 'k' || i as id, i / 10 as score from range(5) r(i)",
                "create view joined as select * from leads join mart.scores using (id)",
                "create view prying as select * from read_csv('/etc/passwd')");
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from leads",
                "select id, n from leads where grade = 'A';",
                "SELECT id, score FROM mart.scores -- the latest",
                "select id, score from joined",
                "select id from warehouse.main.leads",
                "select id from warehouse.leads union all select 'x'",
                "with recent as (select * from leads where n > 1) select * from recent",
                "select 'k' || i as id from range(3) r(i)",
                "select id, (select max(score) from mart.scores) as best from leads",
                "select id, row_number() over (order by n) as place from leads qualify place < 3",
                "select id, unnest([1]) as one from leads",
                "values ('a') , ('b')"
            })
    void oneSelectOverTheConnectionsTablesIsRead(String sql) {
        String key = sql.startsWith("values") ? "col0" : "id";
        assertThat(bench.plan(Mappings.sql(sql).key(key).build()).check().rows())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 as id; select 2 as id",
                "delete from leads",
                "create table t as select 1",
                "attach 'x.duckdb'",
                "pragma database_list",
                "show tables",
                "describe leads",
                "selec id from leads",
                "select * from leads) x, (select 1",
                "select * from 'x.csv'",
                "select * from read_csv('x.csv')",
                "select * from read_text('/etc/passwd')",
                "select * from glob('*')",
                "select * from duckdb_settings()",
                "select * from duckdb_databases",
                "select * from pragma_database_list()",
                "select * from sqlite_master",
                "select * from information_schema.tables",
                "select * from pg_catalog.pg_tables",
                "select * from memory.main.x",
                "select * from temp.main.staged",
                "select * from staged",
                "select * from query('select 1')",
                "select * from query_table('leads')",
                "select current_setting('temp_directory') as id",
                "select getvariable('x') as id from leads",
                "select * from leads where id = ?",
                "select * from leads where exists (select 1 from read_parquet('x'))",
                "with a as (select * from read_json('x')) select * from a",
                "select no_such_column as id from leads",
                "select * from absent"
            })
    void everythingElseIsRefusedAtTheModelsPlace(String sql) {
        assertThatThrownBy(() -> bench.engine.describe(Mappings.sql(sql).model()))
                .isInstanceOf(InvalidInput.class)
                .satisfies(e -> {
                    assertThat(((CaravanException) e).problems().getFirst().code())
                            .isEqualTo(Code.MODEL_SQL);
                    Place place = ((CaravanException) e).problems().getFirst().place();
                    assertThat(place).isBetween(Mappings.PLACE, new Place(Mappings.PLACE.file(), 3, 5 + sql.length()));
                });
    }

    @Test
    void tablesThatAreNotThereAreNamedAtTheirPlacesWithThoseThatWereMeant() {
        String sql = """
                select 'ä' as a,
                  id from lead join mart.score using (id)
                  join WAREHOUSE.leads using (id), elsewhere""";
        assertThatThrownBy(() -> bench.engine.describe(Mappings.sql(sql).model()))
                .isInstanceOf(InvalidInput.class)
                .satisfies(e -> assertThat(((CaravanException) e).problems())
                        .extracting(Problem::place, Problem::message, Problem::suggestion)
                        .containsExactly(
                                tuple(
                                        new Place("mappings/test.yaml", 4, 15),
                                        "connection warehouse has no table or view lead",
                                        "did you mean 'leads'?"),
                                tuple(
                                        new Place("mappings/test.yaml", 4, 25),
                                        "connection warehouse has no table or view mart.score",
                                        "did you mean 'mart.scores'?"),
                                tuple(
                                        new Place("mappings/test.yaml", 5, 40),
                                        "connection warehouse has no table or view elsewhere",
                                        "read the connection's own tables; system tables, other databases and files"
                                                + " cannot be read")));
    }

    @Test
    void aViewInTheWarehouseCannotReachOtherFiles() {
        assertThatThrownBy(() -> bench.plan(
                        Mappings.sql("select * from prying").key("column0").build()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageNotContaining("root");
    }

    @Test
    void aFailureInsideTheDataShowsNoCell() {
        bench.warehouse("create table secrets as select 'k9' as id, 9 as n, 'SECRET' as grade");
        assertThatThrownBy(() -> bench.plan(Mappings.sql("select id, cast(grade as integer) as g from secrets", "g")
                        .build()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("Conversion error")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void theSchemaIsDescribedWithoutWhatNoValueStandsFor() {
        bench.warehouse(
                "create table odd as select 'a' as id, [1] as list, interval 1 day as gap, 1::utinyint as small, 1::hugeint as huge,"
                        + " 1.5::float as real, 2.50::decimal(9,2) as price, 'x'::blob as blob, now() as at");
        assertThat(bench.engine.describe(Mappings.table("odd").model()).columns())
                .containsExactly(
                        new Column("id", ValueType.TEXT),
                        new Column("list", ValueType.JSON),
                        new Column("small", ValueType.INTEGER),
                        new Column("huge", ValueType.DECIMAL),
                        new Column("real", ValueType.DOUBLE),
                        new Column("price", ValueType.DECIMAL),
                        new Column("blob", ValueType.BINARY),
                        new Column("at", ValueType.TIMESTAMPTZ));
        assertThat(bench.plan(Mappings.table("odd", "price").build()).changes()).hasSize(1);
        assertThatThrownBy(() -> bench.plan(Mappings.table("odd", "gap").build()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("INTERVAL");
    }

    @Test
    void aColumnThatIsNotThereIsRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> bench.plan(Mappings.table("leads", "absent").build()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no column absent");
    }

    @Test
    void theWarehouseIsOpenForTheReadAlone() {
        bench.warehouse("create table mart.moving as from mart.scores");
        Mappings mapping = Mappings.table("mart.moving", "score").id("moving");
        bench.sync(mapping.build());
        bench.warehouse("update mart.moving set score = 7 where id = 'k1'");
        assertThat(bench.sync(mapping.build()).keys()).containsExactly("~k1");
        bench.warehouse("drop table mart.moving");
        assertThatThrownBy(() -> bench.plan(mapping.build())).isInstanceOf(InvalidInput.class);
    }

    @Test
    void aMissingWarehouseIsTheEnvironmentsFault() {
        try (Workbench other = new Workbench(folder.resolve("empty"))) {
            assertThatThrownBy(() -> other.plan(Mappings.table("leads").build()))
                    .isInstanceOf(EnvironmentFailure.class)
                    .hasMessageContaining("there is no such file");
        }
        assertThatThrownBy(() ->
                        bench.plan(Mappings.table("leads").connection("nowhere").build()))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void manyMappingsReadOneConnectionAtOnce() throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<Found>> runs = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String id = "m" + i;
                runs.add(pool.submit(() ->
                        bench.plan(Mappings.table("joined", "score").id(id).build())));
            }
            for (Future<Found> run : runs) {
                assertThat(run.get().changes()).hasSize(5);
            }
        }
    }
}
