package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.mapping.Expression;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.snapshot.Known;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows with keys of their own that mean one record of the destination. */
class DestinationKeyTest {

    private static final RowKey.Equality FOLDED = new RowKey.Equality(true, true);
    private static final FieldSource EXT = new FieldSource.Column("ext");
    /** The same value as {@link #EXT}, which SQL cannot know. */
    private static final FieldSource COMPUTED = new FieldSource.Computed(
            "row.ext",
            Set.of("ext"),
            Optional.of(ValueType.TEXT),
            row -> new Expression.Result.Computed(row.get("ext")));

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

    private static Mapping by(FieldSource source) {
        return Mappings.csv("v").target(source).build();
    }

    private void model(String... rows) {
        bench.file("model.csv", "id,ext,v\n" + String.join("\n", rows) + "\n");
    }

    @Test
    void rowsThatShareADestinationKeyAreAllQuarantined() {
        model("a,x,1", "b, X ,2", "c,y,3", "d,,4", "e, ,5");
        Found found = bench.plan(by(EXT), FOLDED);
        assertThat(found.keys()).containsExactly("+c", "+d", "+e");
        assertThat(found.check().byReason()).isEqualTo(Map.of("duplicate_key:Key__c", 2L));
        assertThat(bench.plan(Mappings.csv("v").id("exact").target(EXT).build()).keys())
                .hasSize(5);
    }

    @Test
    void keysThatTheDestinationNeverSeesAreToldApartAsTheWarehouseTellsThem() {
        model("Cx7,u,1", "CX7,l,2", "' a',m,3".replace("'", "\""), "a,n,4");
        Found found = bench.sync(by(EXT), FOLDED);
        assertThat(found.check().invalid()).isZero();
        assertThat(found.keys()).containsExactlyInAnyOrder("+Cx7", "+CX7", "+ a", "+a");
        assertThat(bench.plan(by(EXT), FOLDED).changes()).isEmpty();
    }

    @Test
    void aSnapshotWhoseKeysWereFoldedGoesOnSo() {
        model("a,x,1", "b,y,2");
        bench.sync(by(EXT), FOLDED);
        bench.engine.close();
        Workbench.outside(
                bench.snapshots.resolve("test.duckdb"),
                "update meta set equality = '" + FOLDED.toString().toLowerCase(Locale.ROOT) + "'");
        bench = new Workbench(folder);
        model("A,x,1", "b,y,2");
        assertThat(bench.plan(by(EXT), FOLDED).keys()).noneMatch(key -> key.startsWith("+") || key.startsWith("-"));
        assertThat(bench.sync(by(EXT), FOLDED).check().invalid()).isZero();
    }

    @Test
    void numbersAndPartsOfACompositeKeyAreHeldAgainstEachOtherToo() {
        bench.warehouse(
                "create table v as select * from (values ('a', 1, 1.50), ('a', 2, 1.5), ('b', 1, 2)) t(id, n, d)");
        Mappings mapping = Mappings.table("v").key("id", "n");
        assertThat(bench.plan(mapping.id("part").build()).check().byReason())
                .isEqualTo(Map.of("duplicate_key:Key__c", 2L));
        assertThat(bench.plan(mapping.id("number")
                                .target(new FieldSource.Column("d"))
                                .build())
                        .keys())
                .containsExactly("+b|1");
    }

    @Test
    void aNewRowWithTheDestinationKeyOfAKnownOneStopsBothAndRemovesNeither() {
        model("a,x,1", "b,y,2");
        bench.sync(by(EXT));
        model("a,x,1", "b,y,2", "c,x,3");
        Found found = bench.sync(by(EXT));
        assertThat(found.changes()).isEmpty();
        assertThat(found.check().invalid()).isEqualTo(2);
        assertThat(found.counts().gone()).isZero();
    }

    @Test
    void rowsWhoseComputedKeysMeetAreToldApartFromTheOthers() {
        model("a,x,1", "b,X,2", "c,y,3", "d,,4");
        Found found = bench.sync(by(COMPUTED), FOLDED);
        assertThat(found.keys()).containsExactly("?a", "?b", "+c", "+d");
        model("a,x,1", "b,z,2", "c,y,3");
        assertThat(bench.sync(by(COMPUTED), FOLDED).keys()).containsExactly("+a", "+b", "-d");
        model("a,z,1", "b,z,2", "c,y,3");
        assertThat(bench.plan(by(COMPUTED), FOLDED).keys())
                .as("the row that moved; the other is no change, so nothing shows that they meet")
                .containsExactly("~a");
    }

    @Test
    void aRecordThatIsAnotherRowsNowIsNotRemoved() {
        for (FieldSource source : List.of(EXT, COMPUTED)) {
            Mapping mapping = Mappings.csv("v")
                    .id(source instanceof FieldSource.Column ? "column" : "computed")
                    .target(source)
                    .build();
            model("a,x,1", "b,y,2", "d,q,4");
            bench.sync(mapping, FOLDED);
            model("b,y,2", "c, X,3");
            bench.records.put("c", "a");
            assertThat(bench.sync(mapping, FOLDED).keys()).containsExactly(")-a", "(+c", "-d");
            assertThat(bench.sync(mapping, FOLDED).keys())
                    .as("it goes once the other row has the record")
                    .containsExactly("=a");
            assertThat(bench.plan(mapping, FOLDED).changes()).isEmpty();
            model("a,z,1", "b,y,2");
            Found back = bench.plan(mapping, FOLDED);
            assertThat(back.keys()).containsExactly("+a", "-c");
            assertThat(((Change.Removed) back.changes().get(1)).known().createdByUs())
                    .as("the record was created by us, for another key")
                    .isTrue();
            Known left = ((Change.Added) back.changes().get(0)).known().orElseThrow();
            assertThat(left.createdByUs()).isFalse();
            assertThat(left.remoteId()).isNull();
        }
    }

    @Test
    void aKeyWhoseRecordAnotherRowWantedInVainIsRemovedWithIt() {
        Mapping mapping = by(EXT);
        model("a,x,1", "b,y,2");
        bench.sync(mapping);
        model("b,y,2", "c,x,3");
        settleUnsent(mapping);
        long generation = settleUnsent(mapping);
        assertThat(settleUnsent(mapping)).as("waiting on moves nothing").isEqualTo(generation);
        model("b,y,2");
        Found gone = bench.plan(mapping);
        assertThat(gone.keys()).containsExactly("-a");
        Known ours = ((Change.Removed) gone.changes().getFirst()).known();
        assertThat(ours.createdByUs()).isTrue();
        assertThat(ours.remoteId()).isEqualTo("Ra");
        assertThat(ours.image().get("ext")).isEqualTo(new Value.Text("x"));

        model("a,x,1", "b,y,2");
        Change.Changed back = (Change.Changed) bench.plan(mapping).changes().getFirst();
        assertThat(back.known().definition())
                .as("the other row may have written to the record, so all of it is sent")
                .isEmpty();
    }

    /** A run in which nothing was accepted; returns the snapshot's generation after it. */
    private long settleUnsent(Mapping mapping) {
        try (EngineSession session = bench.open(mapping)) {
            assertThat(Workbench.find(session).keys()).containsExactly(")-a", "(+c");
            session.settle(Optional.empty());
            return session.snapshot().generation();
        }
    }

    @Test
    void aRowThatChangesNowLeavesOpenWhoKeepsTheRecord() {
        Mapping mapping = by(EXT);
        model("a,x,1", "b,y,2");
        bench.sync(mapping);
        bench.records.put("c", "a");
        model("b,y,2", "c,x,3");
        bench.sync(mapping);
        model("b,y,2", "c,z,3");
        assertThat(bench.plan(mapping).keys()).containsExactly("%a", "~c");
    }

    @Test
    void aRowThatIsQuarantinedStillKeepsItsRecord() {
        Mapping mapping =
                Mappings.csv("v").column("v", ValueType.INTEGER).target(EXT).build();
        model("a,x,1", "b,y,2");
        bench.sync(mapping);
        model("b,y,2", "c,x,bad");
        assertThat(bench.plan(mapping).keys()).containsExactly("%a");
    }

    @Test
    void aKnownRowThatDidNotChangeKeepsItsRecordToo() {
        model("a,x,1", "b,y,2");
        Mapping mapping = by(COMPUTED);
        bench.sync(mapping);
        try (EngineSession session = bench.open(mapping)) {
            RowKey a = new RowKey("s:a");
            session.apply(List.<Settlement>of(stored(mapping, a, "Rb")).iterator());
        }
        model("b,y,2");
        assertThat(bench.sync(mapping).keys()).containsExactly("=a");
        model("c,z,1");
        assertThat(bench.plan(mapping).keys()).containsExactly("-b", "+c");
    }

    @Test
    void ofTwoKeysThatLeftTogetherOneCanBeRemoved() {
        Mapping mapping = by(EXT);
        model("a,x,1", "b,y,2", "c,z,3");
        bench.sync(mapping);
        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.<Settlement>of(stored(mapping, new RowKey("s:a"), "Rb"))
                    .iterator());
        }
        model("c,z,3");
        assertThat(bench.plan(mapping).keys()).containsExactly("-a", "-b");
    }

    /** But not where the two are one record anyway. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theKeyOfARecordThatLeftIsToldWhereARowWithARecordOfItsOwnGetsIt(boolean computed) {
        Mapping mapping = by(computed ? COMPUTED : EXT);
        model("a,x,1", "b,y,2", "c,z,3");
        bench.sync(mapping);
        model("b,x,2", "c,z,3");
        assertThat(bench.plan(mapping).keys()).containsExactly(">-a", "<~b");
        model("b,y,2", "c,z,3", "d,x,4");
        assertThat(bench.plan(mapping).keys()).as("it has none").containsExactly(")-a", "(+d");
        model("a,x,1", "b,y,2", "c,z,3");
        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.<Settlement>of(stored(mapping, new RowKey("s:a"), "Rb"))
                    .iterator());
        }
        model("b,x,2", "c,z,3");
        assertThat(bench.plan(mapping).keys()).containsExactly("%a", "~b");
    }

    /** As if the destination had told for this key the id of another one's record. */
    private Settlement stored(Mapping mapping, RowKey key, String remoteId) {
        Change.Added added;
        try (EngineSession session =
                bench.engine.open(Mappings.csv("v").id("other").target(EXT).build(), RowKey.Equality.EXACT)) {
            added = (Change.Added) Workbench.find(session).changes().stream()
                    .filter(change -> change.key().equals(key))
                    .findFirst()
                    .orElseThrow();
        }
        return new Settlement.Stored(
                bench.nextSeq(),
                key,
                remoteId,
                true,
                added.rowHash(),
                mapping.fields().definition(),
                added.row(),
                Map.of(),
                7);
    }
}
