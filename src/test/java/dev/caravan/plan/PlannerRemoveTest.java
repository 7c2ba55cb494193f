package dev.caravan.plan;

import static dev.caravan.plan.Given.KEY;
import static dev.caravan.plan.Given.dirty;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.notOurs;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.rule;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerRemoveTest {

    private final Known live = known(row("a", 1, "b", 2));

    @Test
    void nothingIsAskedByDefault() {
        assertThat(given(OnRemoved.NOTHING).remove(live)).isEqualTo(new Planned.Left(KEY));
        assertThat(given(OnRemoved.NOTHING).remove(dirty(live))).isEqualTo(new Planned.Left(KEY));
    }

    @Test
    void deleteTouchesOnlyRecordsThatWeCreated() {
        PlannedWrite write = written(given(OnRemoved.DELETE).remove(live));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
        assertThat(write.cause()).isEqualTo(Cause.REMOVED);
        assertThat(write.fields()).isEmpty();
        assertThat(write.before()).as("what is lost").isEqualTo(mapped("A", 1, "B", 2));
        assertThat(write.targetKey()).isEqualTo(new Value.Text("k1"));
        assertThat(write.remoteId()).isEqualTo("001");
        assertThat(write.image()).isEqualTo(Row.EMPTY);
        // Invariant I7
        assertThat(given(OnRemoved.DELETE).remove(notOurs(live))).isEqualTo(new Planned.Left(KEY));
    }

    @Test
    void adoptedRecordsMayBeDeletedToo() {
        Given given = given(OnRemoved.DELETE);
        given.adopted = true;
        assertThat(written(given.remove(notOurs(live))).kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
    }

    @Test
    void clearSetsOurFieldsToNullWhoeverCreatedTheRecord() {
        PlannedWrite write = written(given(OnRemoved.CLEAR).remove(notOurs(live)));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
        assertThat(write.fields()).isEqualTo(mapped("A", null, "B", null));
        assertThat(write.before()).isEqualTo(mapped("A", 1, "B", 2));
    }

    @Test
    void clearSendsNoNullThatIsThereAlready() {
        Known half = known(row("a", 1, "b", null));
        Known empty = known(row("a", null, "b", null));
        assertThat(written(given(OnRemoved.CLEAR).remove(half)).fields()).isEqualTo(mapped("A", null));
        assertThat(given(OnRemoved.CLEAR).remove(empty)).isEqualTo(new Planned.Left(KEY));
        assertThat(written(given(OnRemoved.CLEAR).remove(dirty(empty))).fields())
                .as("an unresolved request may have landed")
                .isEqualTo(mapped("A", null, "B", null));
    }

    @Test
    void clearLeavesFieldsThatCanNeverBeNull() {
        Given given = new Given(field("A"), rule("LastName", new FieldSource.Constant(new Value.Text("-"))));
        given.onRemoved = OnRemoved.CLEAR;
        given.fit = (field, value) ->
                field.equals("LastName") && value.isNull() ? Optional.of("null_not_allowed") : Optional.empty();
        assertThat(written(given.remove(live)).fields()).isEqualTo(mapped("A", null));
        assertThat(given.remove(known(row("a", null)))).isEqualTo(new Planned.Left(KEY));
    }

    @Test
    void whatTheImageSaysOfAnOlderMappingStillFindsTheRecord() {
        Given given = given(OnRemoved.DELETE).before("old", field("A"));
        assertThat(written(given.remove(known("old", row("a", 1), Map.of()))).before())
                .isEqualTo(mapped("A", 1));
    }

    @Test
    void aRecordThatCannotBeNamedDoesNotVanishSilently() {
        Given given = given(OnRemoved.DELETE);
        given.keySource = new FieldSource.Column("ext");
        assertThat(given.remove(live)).isEqualTo(new Planned.Unfit(KEY, "no_key:Id__c"));
        assertThat(given.remove(notOurs(live))).isEqualTo(new Planned.Left(KEY));
    }

    @Test
    void aKeyWhoseOnlyRequestWasLostIsKeptAndListed() {
        Known lost = new Known(null, false, true, false, "", Map.of(), Row.EMPTY);
        assertThat(given(OnRemoved.NOTHING).remove(lost)).isEqualTo(new Planned.Left(KEY));
        for (OnRemoved wanted : List.of(OnRemoved.CLEAR, OnRemoved.DELETE)) {
            Given given = given(wanted);
            given.fit = (field, value) -> {
                throw new AssertionError("nothing is sent, so nothing is asked");
            };
            PlannedWrite write = written(given.remove(lost));
            assertThat(write.held()).contains("unknown");
            assertThat(write.cause()).isEqualTo(Cause.UNKNOWN);
            assertThat(write.fields()).isEmpty();
            assertThat(write.shownKey()).isEqualTo("k1");
        }
    }

    @Test
    void whatWasRefusedWhenItWasSentAgainNeverArrived() {
        Known lost = new Known(null, false, true, false, "", Map.of(), Row.EMPTY);
        Given given = given(OnRemoved.DELETE);
        given.adopted = true;
        given.doubts = new Doubts() {
            @Override
            public Doubt about(RowKey key) {
                return new Doubt.Latest();
            }

            @Override
            public boolean refuted(RowKey key) {
                return key.equals(KEY);
            }
        };
        assertThat(given.remove(lost)).isEqualTo(new Planned.Left(KEY));
        assertThat(written(given.remove(dirty(live))).kind())
                .as("of what was there before something may still be")
                .isEqualTo(PlannedWrite.Kind.REMOVE);
    }

    @Test
    void anUpdateThatWasLostMadeNoRecordThatWouldHaveToGo() {
        Known lost = new Known(null, false, true, false, "", Map.of(), Row.EMPTY);
        Given given = given(OnRemoved.DELETE);
        given.operation = Operation.UPDATE;
        assertThat(given.remove(lost)).isEqualTo(new Planned.Left(KEY));
        given.adopted = true;
        assertThat(written(given.remove(lost)).held()).contains("unknown");
        given.onRemoved = OnRemoved.CLEAR;
        assertThat(written(given.remove(lost)).held()).contains("unknown");
    }

    @Test
    void aRecordMadeAgainByAChangeIsDeletedThoughTheNextRunWasToSendAllItsFields() {
        Known partly = known("", row("a", 1), Map.of());
        PlannedWrite write = written(given(OnRemoved.DELETE).remove(partly));
        assertThat(write.remoteId()).isEqualTo("001");
        assertThat(write.targetKey()).isEqualTo(new Value.Text("k1"));
    }

    @Test
    void aRecordThatIsAnotherRowsNowIsOnlyMarkedAndRowsThatShareOneAreInvalid() {
        for (OnRemoved wanted : OnRemoved.values()) {
            assertThat(given(wanted)
                            .planner()
                            .plan(new Change.TakenOver(
                                    new Change.Removed(KEY, known("d", row("a", 1), Map.of())), true)))
                    .isEqualTo(new Planned.Left(KEY));
            assertThat(given(wanted)
                            .planner()
                            .plan(new Change.TakenOver(
                                    new Change.Removed(KEY, known("d", row("a", 1), Map.of())), false)))
                    .isEqualTo(new Planned.Waiting(KEY));
        }
        assertThat(given(OnRemoved.DELETE).planner().plan(new Change.Shared(KEY)))
                .isEqualTo(new Planned.Unfit(KEY, "duplicate_key:Id__c"));
    }

    private static Given given(OnRemoved wanted) {
        Given given = new Given(field("A"), field("B"));
        given.onRemoved = wanted;
        return given;
    }
}
