package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.mapping.Mapping;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import dev.caravan.snapshot.SnapshotState;
import dev.caravan.source.EngineSession;
import dev.caravan.source.EngineSession.Counts;
import dev.caravan.source.Settlement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read, check, diff, apply, settle: the life of a snapshot over several runs. */
class SyncTest {

    @TempDir
    Path folder;

    private Workbench bench;
    private final Mapping mapping = Mappings.csv("name", "score").build();

    @BeforeEach
    void open() {
        bench = new Workbench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theFirstRunAddsEverythingAndTheNextNothing() {
        bench.file("model.csv", "id,name,score\nb,Bo,2\na,Ann,\n");

        Found first = bench.sync(mapping);
        assertThat(first.keys()).containsExactly("+a", "+b");
        assertThat(first.counts()).isEqualTo(new Counts(2, 0, 0, 0));
        Change.Added ann = (Change.Added) first.changes().getFirst();
        assertThat(ann.row().get("name")).isEqualTo(new Value.Text("Ann"));
        assertThat(ann.row().get("score")).isEqualTo(Value.ofNull());
        assertThat(ann.known()).isEmpty();

        Found second = bench.sync(mapping);
        assertThat(second.changes()).isEmpty();
        assertThat(second.counts()).isEqualTo(new Counts(0, 0, 0, 2));
    }

    @Test
    void aChangeCarriesBothImages() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\n");
        bench.sync(mapping);
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bob,2\n");

        Found found = bench.plan(mapping);

        assertThat(found.keys()).containsExactly("~b");
        Change.Changed bo = (Change.Changed) found.changes().getFirst();
        assertThat(bo.row().get("name")).isEqualTo(new Value.Text("Bob"));
        assertThat(bo.known().image().get("name")).isEqualTo(new Value.Text("Bo"));
        assertThat(bo.known().remoteId()).isEqualTo("Rb");
        assertThat(bo.known().createdByUs()).isTrue();
        assertThat(bo.known().definition()).isEqualTo(mapping.fields().definition());
    }

    @Test
    void aKeyThatLeavesIsRemovedOnceAndIsAnAddWhenItReturns() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\n");
        bench.sync(mapping);
        bench.file("model.csv", "id,name,score\na,Ann,1\n");

        Found left = bench.sync(mapping);
        assertThat(left.keys()).containsExactly("-b");
        assertThat(left.counts().gone()).isEqualTo(1);
        assertThat(((Change.Removed) left.changes().getFirst()).known().image().get("name"))
                .isEqualTo(new Value.Text("Bo"));
        assertThat(bench.plan(mapping).counts()).isEqualTo(new Counts(0, 0, 0, 1));

        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\n");
        Found back = bench.sync(mapping);
        assertThat(back.keys()).containsExactly("+b");
        assertThat(((Change.Added) back.changes().getFirst())
                        .known()
                        .orElseThrow()
                        .left())
                .isTrue();
        assertThat(bench.plan(mapping).changes()).isEmpty();
    }

    @Test
    void whatLeftIsMarkedWhereNothingHasToBeSent() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\n");
        bench.sync(mapping);
        bench.file("model.csv", "id,name,score\na,Ann,1\n");
        try (EngineSession session = bench.open(mapping)) {
            Workbench.find(session).changes().forEach(change -> session.same(change.key()));
            session.settle(Optional.empty());
            assertThat(session.snapshot().liveRows()).isEqualTo(1);
            assertThat(session.snapshot().target()).contains("org/Lead/Key__c");
        }
        assertThat(bench.plan(mapping).counts()).isEqualTo(new Counts(0, 0, 0, 1));
    }

    @Test
    void aRunWithoutChangesMovesNothing() {
        bench.file("model.csv", "id,name,score\na,Ann,1\n");
        bench.sync(mapping);
        SnapshotState before;
        try (EngineSession session = bench.open(mapping)) {
            before = session.snapshot();
            Workbench.find(session);
            session.settle(Optional.empty());
            assertThat(session.snapshot()).isEqualTo(before);
        }
        assertThat(before).isEqualTo(new SnapshotState(1, 1, 1, 0, Optional.of("org/Lead/Key__c"), Optional.of(1L)));
    }

    @Test
    void equalCandidatesAreAbsorbed() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\n");
        bench.sync(mapping);
        Mapping edited = Mappings.csv("score", "name").build();

        try (EngineSession session = bench.open(edited)) {
            Found found = Workbench.find(session);
            assertThat(found.keys()).containsExactly("~a", "~b");
            found.changes().forEach(change -> session.same(change.key()));
            session.settle(Optional.empty());
        }
        assertThat(bench.plan(edited).counts()).isEqualTo(new Counts(0, 0, 0, 2));
        assertThat(bench.plan(mapping).counts().candidates()).isEqualTo(2);
    }

    @Test
    void theStreamMayNoteEqualKeysWhileItIsOpen() {
        StringBuilder csv = new StringBuilder("id,name,score\n");
        for (int i = 0; i < 45_000; i++) {
            csv.append("k").append(i).append(",n,1\n");
        }
        bench.file("model.csv", csv.toString());
        bench.sync(mapping);
        Mapping edited = Mappings.csv("score", "name").build();
        try (EngineSession session = bench.open(edited)) {
            session.read();
            session.check();
            assertThat(session.diff().candidates()).isEqualTo(45_000);
            try (Stream<Change> changes = session.changes()) {
                changes.forEach(change -> session.same(change.key()));
            }
            session.settle(Optional.empty());
        }
        assertThat(bench.plan(edited).counts()).isEqualTo(new Counts(0, 0, 0, 45_000));
    }

    @Test
    void anUnresolvedKeyComesBackUntilItIsAccepted() {
        bench.file("model.csv", "id,name,score\na,Ann,1\n");
        Found first = bench.plan(mapping);
        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.<Settlement>of(new Settlement.Unresolved(bench.nextSeq(), key(first), 1))
                    .iterator());
        }
        Found again = bench.plan(mapping);
        assertThat(again.keys()).containsExactly("+a");
        assertThat(((Change.Added) again.changes().getFirst())
                        .known()
                        .orElseThrow()
                        .dirty())
                .isTrue();

        bench.sync(mapping);
        assertThat(bench.plan(mapping).changes()).isEmpty();

        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.<Settlement>of(new Settlement.Unresolved(bench.nextSeq(), key(first), 2))
                    .iterator());
        }
        Found dirty = bench.sync(mapping);
        assertThat(dirty.keys()).containsExactly("~a");
        assertThat(((Change.Changed) dirty.changes().getFirst()).known().dirty())
                .isTrue();
        assertThat(((Change.Changed) dirty.changes().getFirst()).known().image().get("name"))
                .isEqualTo(new Value.Text("Ann"));
        assertThat(bench.plan(mapping).changes()).isEmpty();
    }

    @Test
    void aDirtyKeyThatWasNeverAcceptedIsRemovedWithWhatIsKnown() {
        bench.file("model.csv", "id,name,score\na,Ann,1\n");
        Found first = bench.plan(mapping);
        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.<Settlement>of(new Settlement.Unresolved(bench.nextSeq(), key(first), 1))
                    .iterator());
            assertThat(session.snapshot().liveRows()).isZero();
        }
        bench.file("model.csv", "id,name,score\n");
        Found found = bench.plan(mapping);
        assertThat(found.keys()).containsExactly("-a");
        assertThat(((Change.Removed) found.changes().getFirst()).known().definition())
                .isEmpty();
    }

    @Test
    void aWithheldFieldKeepsItsRowACandidate() {
        bench.file("model.csv", "id,name,score\na,Ann,1\n");
        Change.Added added = (Change.Added) bench.plan(mapping).changes().getFirst();
        Map<String, Value> withheld =
                Map.of("score__c", new Value.Decimal(new BigDecimal("0.25")), "x", Value.ofNull());
        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.<Settlement>of(new Settlement.Stored(
                            bench.nextSeq(),
                            added.key(),
                            null,
                            false,
                            null,
                            mapping.fields().definition(),
                            added.row(),
                            withheld,
                            1))
                    .iterator());
        }
        Change.Changed changed = (Change.Changed) bench.plan(mapping).changes().getFirst();
        assertThat(changed.known().withheld()).isEqualTo(withheld);
        assertThat(changed.known().remoteId()).isNull();
    }

    @Test
    void applyingTwiceChangesNothing() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\n");
        Found found = bench.plan(mapping);
        List<Settlement> settlements = found.changes().stream()
                .map(change -> bench.accepted(mapping, change))
                .toList();
        try (EngineSession session = bench.open(mapping)) {
            session.apply(settlements.iterator());
            SnapshotState once = session.snapshot();
            assertThat(once.appliedSeq()).isEqualTo(2);
            session.apply(settlements.iterator());
            assertThat(session.snapshot()).isEqualTo(once);
        }
    }

    @Test
    void killedBetweenApplyAndSettleNothingIsLost() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\nc,Cy,3\n");
        Found found = bench.plan(mapping);
        try (EngineSession session = bench.open(mapping)) {
            Workbench.find(session);
            session.apply(
                    List.of(bench.accepted(mapping, found.changes().get(1))).iterator());
        }
        assertThat(bench.plan(mapping).keys()).containsExactly("+a", "+c");
    }

    @Test
    void theLastSettlementOfAKeyWins() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\n");
        Found found = bench.plan(mapping);
        RowKey a = found.changes().get(0).key();
        RowKey b = found.changes().get(1).key();
        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.of(
                            new Settlement.Unresolved(bench.nextSeq(), a, 1),
                            bench.accepted(mapping, found.changes().get(0)),
                            bench.accepted(mapping, found.changes().get(1)),
                            new Settlement.Unresolved(bench.nextSeq(), b, 1),
                            new Settlement.Nothing(bench.nextSeq(), b))
                    .iterator());
            assertThat(session.snapshot().appliedSeq()).isEqualTo(5);
        }
        Found next = bench.plan(mapping);
        assertThat(next.keys()).containsExactly("~b");
        assertThat(((Change.Changed) next.changes().getFirst()).known().remoteId())
                .isEqualTo("Rb");
    }

    @Test
    void aLeftKeyWithAnUnresolvedRequestIsLiveAndDirtyAgain() {
        bench.file("model.csv", "id,name,score\na,Ann,1\n");
        RowKey a = key(bench.sync(mapping));
        bench.file("model.csv", "id,name,score\n");
        bench.sync(mapping);
        try (EngineSession session = bench.open(mapping)) {
            session.apply(List.<Settlement>of(new Settlement.Unresolved(bench.nextSeq(), a, 1))
                    .iterator());
        }
        Found found = bench.plan(mapping);
        assertThat(found.keys()).containsExactly("-a");
        Known known = ((Change.Removed) found.changes().getFirst()).known();
        assertThat(known.dirty()).isTrue();
        assertThat(known.definition())
                .as("the record of before was handled: nothing is known of another one")
                .isEmpty();
        assertThat(known.remoteId()).isNull();
        assertThat(known.createdByUs()).isFalse();
    }

    @Test
    void ownershipEndsWithTheRecordAndNotWithTheKey() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\nc,Cy,3\n");
        List<Change> made = bench.plan(mapping).changes();
        RowKey c = made.get(2).key();
        try (EngineSession session = bench.open(mapping)) {
            List<Settlement> settlements = new ArrayList<>();
            made.forEach(change -> settlements.add(bench.accepted(mapping, change)));
            settlements.add(new Settlement.Left(bench.nextSeq(), made.get(0).key(), true, 1));
            settlements.add(new Settlement.Left(bench.nextSeq(), made.get(1).key(), false, 1));
            settlements.add(new Settlement.Left(bench.nextSeq(), c, true, 1));
            settlements.add(new Settlement.Unresolved(bench.nextSeq(), c, 2));
            session.apply(settlements.iterator());
        }
        List<Known> known = bench.plan(mapping).changes().stream()
                .map(change -> ((Change.Added) change).known().orElseThrow())
                .toList();
        assertThat(known).extracting(Known::createdByUs).containsExactly(false, true, false);
        assertThat(known).extracting(Known::remoteId).containsExactly(null, "Rb", null);
        assertThat(known).extracting(Known::left).containsExactly(true, true, false);
    }

    @Test
    void resetForgetsEverything() {
        bench.file("model.csv", "id,name,score\na,Ann,1\n");
        bench.sync(mapping);
        bench.engine.reset(mapping.id());
        assertThat(bench.plan(mapping).keys()).containsExactly("+a");
    }

    private static RowKey key(Found found) {
        return found.changes().getFirst().key();
    }

    @Test
    void aSecondSpellingOfAKnownKeyIsADuplicateAndAnotherSpellingIsNoNewKey() {
        RowKey.Equality folded = new RowKey.Equality(true, true);
        bench.file("model.csv", "id,v\nk1,a\nk2,b\nk3,c\n");
        bench.sync(Mappings.csv("v").build(), folded);
        bench.file("model.csv", "id,v\nk1,a\nK1,a\nk2,b\nk3,c\n");
        Found twice = bench.plan(Mappings.csv("v").build(), folded);
        assertThat(twice.check().byReason()).isEqualTo(Map.of("duplicate_key", 2L));
        assertThat(twice.keys()).isEmpty();
        bench.file("model.csv", "id,v\nk1,a\n K2,b\nk4,d\n");
        assertThat(bench.plan(Mappings.csv("v").build(), folded).keys()).containsExactly("~k2", "-k3", "+k4");
    }
}
