package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.snapshot.SnapshotState;
import dev.caravan.source.EngineSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot goes through besides runs: edits of the mapping, other types, other engines, damage. */
class SnapshotLifeTest {

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

    private Path file() {
        return bench.snapshots.resolve("test.duckdb");
    }

    private static Change.Changed changed(Found found, int index) {
        return (Change.Changed) found.changes().get(index);
    }

    @Test
    void aColumnReadForTheFirstTimeIsAbsentFromOlderImagesNotNull() {
        bench.file("model.csv", "id,v,w\na,1,x\nb,2,\n");
        Mapping narrow = Mappings.csv("v").build();
        Mapping wide = Mappings.csv("v", "w").build();
        bench.sync(narrow);

        Found edited = bench.plan(wide);
        assertThat(edited.keys()).containsExactly("~a", "~b");
        assertThat(changed(edited, 0).known().image().has("w")).isFalse();
        assertThat(changed(edited, 0).known().definition())
                .isEqualTo(narrow.fields().definition());
        assertThat(changed(edited, 1).row().get("w")).isEqualTo(Value.ofNull());

        bench.sync(wide);
        assertThat(bench.plan(wide).changes()).isEmpty();
        bench.file("model.csv", "id,v,w\na,1,x\nb,2,y\n");
        assertThat(changed(bench.plan(wide), 0).known().image().get("w")).isEqualTo(Value.ofNull());
    }

    @Test
    void aColumnNoLongerReadLeavesTheImageAndComesBackAbsent() {
        bench.file("model.csv", "id,v,w\na,1,x\n");
        bench.sync(Mappings.csv("v", "w").build());
        bench.sync(Mappings.csv("v").build());
        Found found = bench.plan(Mappings.csv("v", "w").build());
        assertThat(changed(found, 0).known().image().has("w")).isFalse();
    }

    @Test
    void aFieldThatTriggersNothingIsRememberedButNotHashed() {
        bench.file("model.csv", "id,v,w\na,1,x\n");
        Mapping mapping = Mappings.csv("v").quiet("w").build();
        bench.sync(mapping);
        bench.file("model.csv", "id,v,w\na,1,y\n");
        assertThat(bench.plan(mapping).changes()).isEmpty();
        bench.file("model.csv", "id,v,w\na,2,z\n");
        assertThat(changed(bench.plan(mapping), 0).known().image().get("w")).isEqualTo(new Value.Text("x"));
    }

    @Test
    void namesThatDifferInCaseAloneStayApart() {
        bench.file("model.csv", "id,Name\na,1\n");
        bench.sync(Mappings.csv("Name").build());
        bench.file("model.csv", "id,name\na,2\n");
        Found found = bench.sync(Mappings.csv("name").build());
        assertThat(changed(found, 0).known().image().get("Name")).isEqualTo(new Value.Text("1"));
        assertThat(changed(found, 0).row().get("name")).isEqualTo(new Value.Text("2"));
        assertThat(bench.plan(Mappings.csv("name").build()).changes()).isEmpty();
    }

    @Test
    void aTypeThatWidensCausesNoChange() {
        bench.warehouse("create table v as select 'a' as id, 1::integer as n, 1.50::decimal(6,2) as d");
        Mapping mapping = Mappings.table("v", "n", "d").build();
        bench.sync(mapping);
        bench.warehouse("alter table v alter d type decimal(12,4)", "alter table v alter n type decimal(10,0)");
        assertThat(bench.plan(mapping).changes()).isEmpty();
        bench.warehouse("update v set d = 2.125");
        Change.Changed change = changed(bench.plan(mapping), 0);
        assertThat(change.known().image().get("d")).isEqualTo(new Value.Decimal(new BigDecimal("1.5")));
        assertThat(change.known().image().get("n")).isEqualTo(new Value.Decimal(BigDecimal.ONE));
    }

    @Test
    void aValueThatDoesNotSurviveItsNewTypeLeavesTheImage() {
        bench.file("model.csv", "id,v\na,007\nb,8\nc,\n");
        bench.sync(Mappings.csv("v").build());
        bench.file("model.csv", "id,v\na,7\nb,8\nc,\n");
        Found found =
                bench.plan(Mappings.csv("v").column("v", ValueType.INTEGER).build());
        assertThat(found.keys()).containsExactly("~a");
        assertThat(changed(found, 0).known().image().has("v")).isFalse();
        assertThat(changed(found, 0).known().image().has("id")).isTrue();
    }

    @Test
    void anotherEngineVersionIsRebaselinedAndSendsNothing() {
        bench.file("model.csv", "id,v\na,1\nb,2\nc,3\n");
        Mapping mapping = Mappings.csv("v").build();
        bench.sync(mapping);
        SnapshotState before = state(mapping);
        Workbench.outside(
                file(), "update meta set stamp = 'duckdb v0.0.0; hash-0; id VARCHAR'", "update rows set row_hash = 42");

        assertThat(bench.plan(mapping).changes()).isEmpty();
        assertThat(state(mapping)).isEqualTo(before);
        bench.file("model.csv", "id,v\na,1\nb,9\nc,3\n");
        assertThat(bench.plan(mapping).keys()).containsExactly("~b");
    }

    @Test
    void rebaseliningKeepsCandidatesAndWhatChangedMeanwhile() {
        bench.file("model.csv", "id,v\na,1\nb,2\nc,3\n");
        Mapping mapping = Mappings.csv("v").build();
        bench.sync(mapping);
        Workbench.outside(
                file(),
                "update meta set stamp = ''",
                "update rows set row_hash = 42",
                "update rows set row_hash = null where key = 's:a'");
        bench.file("model.csv", "id,v\na,1\nb,2\nc,9\n");
        assertThat(bench.plan(mapping).keys()).containsExactly("~a", "~c");
    }

    @Test
    void keysOfAnotherTypeAreOtherKeys() {
        bench.file("model.csv", "id,v\n1,a\n2,b\n");
        bench.sync(Mappings.csv("v").build());
        Mapping typed = Mappings.csv("v").column("id", ValueType.INTEGER).build();
        assertThat(bench.sync(typed).keys()).containsExactly("+1", "+2", "-1", "-2");
        assertThat(bench.plan(typed).counts()).isEqualTo(new EngineSession.Counts(0, 0, 0, 2));
        bench.file("model.csv", "id,v\n1,a\n1,a\n2,c\n");
        assertThat(bench.plan(typed).keys()).containsExactly("~2");
    }

    private SnapshotState state(Mapping mapping) {
        try (EngineSession session = bench.open(mapping)) {
            return session.snapshot();
        }
    }

    @Test
    void aFileThatIsNoSnapshotIsDamagedAndSaysHowToGoOn() throws IOException {
        bench.file("model.csv", "id,v\na,1\n");
        Mapping mapping = Mappings.csv("v").build();
        Files.writeString(file(), "this is not a database, whatever it was before".repeat(500));
        assertDamaged(mapping);
        bench.engine.reset(mapping.id());
        assertThat(bench.plan(mapping).keys()).containsExactly("+a");
    }

    @Test
    void aTruncatedSnapshotIsDamaged() throws IOException {
        StringBuilder rows = new StringBuilder("id,v\n");
        for (int i = 0; i < 20_000; i++) {
            rows.append("key").append(i).append(",").append(i * 7919).append("\n");
        }
        bench.file("model.csv", rows.toString());
        Mapping mapping = Mappings.csv("v").build();
        bench.sync(mapping);
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(bytes, 20_000));
        assertDamaged(mapping);
        assertThat(bench.plan(Mappings.csv("v").id("other").build()).changes())
                .as("other mappings go on")
                .hasSize(20_000);
    }

    @Test
    void aSnapshotWithoutItsTablesIsDamaged() {
        bench.file("model.csv", "id,v\na,1\n");
        Mapping mapping = Mappings.csv("v").build();
        bench.sync(mapping);
        Workbench.outside(file(), "drop table rows");
        assertDamaged(mapping);
    }

    private void assertDamaged(Mapping mapping) {
        assertThatThrownBy(() -> bench.plan(mapping))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("reset")
                .extracting(e -> ((CaravanException) e).problems().getFirst().code())
                .isEqualTo(Code.SNAPSHOT_DAMAGED);
    }

    @Test
    void oneSessionAMapping() {
        bench.file("model.csv", "id,v\na,1\n");
        Mapping mapping = Mappings.csv("v").build();
        try (EngineSession session = bench.open(mapping)) {
            assertThat(session.snapshot().generation()).isZero();
            assertThatThrownBy(() -> bench.open(mapping)).isInstanceOf(RunFailure.class);
            assertThatThrownBy(() -> bench.engine.reset(mapping.id())).isInstanceOf(RunFailure.class);
            try (EngineSession other = bench.open(Mappings.csv("v").id("other").build())) {
                assertThat(other.read()).isEqualTo(1);
            }
        }
        assertThat(bench.plan(mapping).changes()).hasSize(1);
    }

    @Test
    void anotherKeyEqualityNeedsAReset() {
        bench.file("model.csv", "id,v\na,1\n");
        Mapping mapping = Mappings.csv("v").build();
        bench.sync(mapping);
        assertThatThrownBy(() -> bench.plan(mapping, new RowKey.Equality(true, false)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("reset");
    }

    @Test
    void whatFillsTheDestinationsKeyIsFixedOnceThereAreRows() {
        bench.file("model.csv", "id,v\na,b\nb,c\n");
        Mapping byId = Mappings.csv("v").build();
        Mapping byValue = Mappings.csv("v").target(new FieldSource.Column("v")).build();
        bench.plan(byValue);
        bench.plan(byId);
        bench.sync(byId);
        assertThatThrownBy(() -> bench.plan(byValue))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Lead.Key__c is filled by column v, but when test was synced by column id")
                .extracting(e -> ((CaravanException) e).problems().getFirst().place())
                .isEqualTo(Mappings.PLACE);
        assertThat(bench.plan(byId).changes()).isEmpty();
        bench.engine.reset(byId.id());
        assertThat(bench.sync(byValue).keys()).containsExactly("+a", "+b");
    }

    @Test
    void aSnapshotThatDoesNotSayWhatFilledTheKeyLearnsItOnce() {
        bench.file("model.csv", "id,v\na,b\n");
        Mapping byId = Mappings.csv("v").build();
        bench.sync(byId);
        Workbench.outside(file(), "alter table meta drop column key_source");
        assertThat(bench.engine.appliedSeq(byId.id())).hasValue(1);
        assertThat(bench.plan(byId).changes()).isEmpty();
        Mapping byValue = Mappings.csv("v").target(new FieldSource.Column("v")).build();
        assertThatThrownBy(() -> bench.plan(byValue)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void snapshotsAreTheOwnersAlone() throws IOException {
        assertThat(Files.getPosixFilePermissions(bench.snapshots))
                .isEqualTo(Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE));
    }
}
