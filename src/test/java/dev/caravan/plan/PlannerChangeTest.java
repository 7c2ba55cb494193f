package dev.caravan.plan;

import static dev.caravan.plan.Given.KEY;
import static dev.caravan.plan.Given.dirty;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.kept;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.quiet;
import static dev.caravan.plan.Given.rounded;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Write;
import dev.caravan.diff.Change;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerChangeTest {

    private static final Fit REKEYING = new Fit() {
        @Override
        public Optional<String> misfit(String field, Value value) {
            return Optional.empty();
        }

        @Override
        public boolean rekeys() {
            return true;
        }
    };

    @Test
    void onlyChangedFieldsGoOutWithWhatTheyWere() {
        Given given = new Given(field("A"), field("B"));
        PlannedWrite write = written(given.change(row("a", 1, "b", 3), known(row("a", 1, "b", 2))));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.CHANGE);
        assertThat(write.cause()).isEqualTo(Cause.MODEL);
        assertThat(write.fields()).isEqualTo(mapped("B", 3));
        assertThat(write.before()).isEqualTo(mapped("B", 2));
        assertThat(write.targetKey()).isEqualTo(new Value.Text("k1"));
        assertThat(write.remoteId()).isEqualTo("001");
        assertThat(write.rowHash()).isEqualTo(99);
        assertThat(write.image()).isEqualTo(row("a", 1, "b", 3));
    }

    private static final Fit WHOLES = new Fit() {
        @Override
        public Optional<String> misfit(String field, Value value) {
            return Optional.empty();
        }

        @Override
        public boolean wholes() {
            return true;
        }
    };

    @Test
    void whereRecordsAreReplacedAsWholesAChangeCarriesTheRestAsLastAccepted() {
        Given given = new Given(field("A"), field("B"), field("C"), kept("D")).deadBand("C", "1.0");
        given.fit = WHOLES;
        PlannedWrite write = written(
                given.change(row("a", 1, "b", 3, "c", 5.4, "d", ""), known(row("a", 1, "b", 2, "c", 5.0, "d", "old"))));
        assertThat(write.fields()).isEqualTo(mapped("B", 3));
        assertThat(Write.whole(write, "").fields()).isEqualTo(mapped("A", 1, "B", 3, "C", 5.0, "D", "old"));
        assertThat(Write.of(write, "").fields()).isEqualTo(mapped("B", 3));
        PlannedWrite without = Clears.without(
                written(given.change(
                        row("a", Value.ofNull(), "b", 3, "c", 5.0, "d", "x"),
                        known(row("a", 1, "b", 2, "c", 5.0, "d", "x")))),
                Set.of("A"),
                field -> true);
        assertThat(Write.whole(without, "").fields()).isEqualTo(mapped("A", 1, "B", 3, "C", 5.0, "D", "x"));
    }

    /** The whole went out with it: a later one without it would take it away, and a member's removal would not name it. */
    @Test
    void whatAnEmptyValueLeavesThereIsRememberedAlsoWhereARequestWasLost() {
        Given given = new Given(field("A"), kept("D"));
        given.fit = WHOLES;
        PlannedWrite write = written(given.change(row("a", 1, "d", ""), dirty(known(row("a", 1, "d", "old")))));
        assertThat(Write.whole(write, "").fields()).isEqualTo(mapped("A", 1, "D", "old"));
        assertThat(write.withheld()).isEqualTo(mapped("D", "old"));
        given.fit = (field, value) -> Optional.empty();
        assertThat(written(given.change(row("a", 1, "d", ""), dirty(known(row("a", 1, "d", "old")))))
                        .withheld())
                .as("the lost request may have put another one there")
                .isEmpty();
    }

    @Test
    void aRowThatMapsToWhatIsThereIsAbsorbed() {
        Given given = new Given(rounded("A", 1));
        assertThat(given.change(row("a", 1.23), known(row("a", 1.21)))).isEqualTo(new Planned.Same(KEY));
    }

    @Test
    void theSameNumberInAnotherTypeIsNoDifference() {
        Given given = new Given(field("A"));
        for (Object same : new Object[] {5, 5.0, new BigDecimal("5.00")}) {
            assertThat(given.change(row("a", same), known(row("a", 5)))).isEqualTo(new Planned.Same(KEY));
        }
        assertThat(given.change(row("a", "5"), known(row("a", 5)))).isInstanceOf(Planned.Row.class);
        assertThat(given.change(row("a", Double.NaN), known(row("a", 5)))).isInstanceOf(Planned.Row.class);
    }

    private static Row json(String text) {
        return new Row(Map.of("id", new Value.Text("k1"), "a", new Value.Json(text)));
    }

    @Test
    void jsonInAnotherWritingIsNoDifference() {
        Given given = new Given(field("A"));
        Known before = known(json("{\"x\":1,\"y\":[]}"));
        assertThat(given.change(json("{ \"y\": [], \"x\": 1.0 }"), before)).isEqualTo(new Planned.Same(KEY));
        assertThat(given.change(json("{\"y\":[],\"x\":2}"), before)).isInstanceOf(Planned.Row.class);
    }

    @Test
    void aNullClearsUnlessTheFieldIsKept() {
        Known before = known(row("a", 1));
        assertThat(written(new Given(field("A")).change(row("a", null), before)).fields())
                .isEqualTo(mapped("A", null));
        assertThat(new Given(kept("A")).change(row("a", null), before))
                .as("the image goes on telling what is there")
                .isEqualTo(new Planned.Quiet(KEY));
        assertThat(new Given(kept("A")).change(row("a", " "), before)).isEqualTo(new Planned.Quiet(KEY));
        PlannedWrite other =
                written(new Given(kept("A"), field("B")).change(row("a", null, "b", 2), known(row("a", 1, "b", 1))));
        assertThat(other.fields()).isEqualTo(mapped("B", 2));
        assertThat(other.withheld()).isEqualTo(mapped("A", 1));
        assertThat(written(new Given(kept("A")).change(row("a", 1), known(row("a", null))))
                        .fields())
                .as("what was kept is sent again when it returns: nobody knows better")
                .isEqualTo(mapped("A", 1));
    }

    @Test
    void aFieldThatDoesNotTriggerGoesAlongButNeverAlone() {
        Given given = new Given(field("A"), quiet("M"));
        Known before = known(row("a", 1, "m", "v1"));
        assertThat(given.change(row("a", 1, "m", "v2"), before)).isEqualTo(new Planned.Quiet(KEY));
        assertThat(written(given.change(row("a", 2, "m", "v2"), before)).fields())
                .isEqualTo(mapped("A", 2, "M", "v2"));
        assertThat(written(given.change(row("a", 2, "m", "v1"), before)).fields())
                .isEqualTo(mapped("A", 2));
    }

    @Test
    void anUnresolvedKeyIsSentWholeWhateverIsKnown() {
        Given given = new Given(field("A"), quiet("M")).deadBand("A", "1");
        PlannedWrite write = written(given.change(row("a", 1.5, "m", "v1"), dirty(known(row("a", 1.4, "m", "v1")))));
        assertThat(write.cause()).isEqualTo(Cause.UNKNOWN);
        assertThat(write.fields()).isEqualTo(mapped("A", 1.5, "M", "v1"));
        assertThat(write.before()).isEqualTo(mapped("A", 1.4, "M", "v1"));
        assertThat(write.withheld()).isEmpty();
    }

    @Test
    void aKeyThatWasNeverAcceptedIsSentWhole() {
        Known never = new Known(null, false, true, false, "", Map.of(), Row.EMPTY);
        PlannedWrite write = written(new Given(field("A")).change(row("a", 1), never));
        assertThat(write.fields()).isEqualTo(mapped("A", 1));
        assertThat(write.before()).isEmpty();
    }

    @Test
    void insertDoesNotSendLaterChangesNorClaimThatItDid() {
        Given given = new Given(field("A"));
        given.operation = Operation.INSERT;
        assertThat(given.change(row("a", 2), known(row("a", 1)))).isEqualTo(new Planned.Quiet(KEY));
    }

    @Test
    void whatTheDestinationRefusedOnceIsNotPlannedAgain() {
        Given given = new Given(field("A"));
        given.standing = write -> write.fields().equals(mapped("A", 2));
        assertThat(given.change(row("a", 2), known(row("a", 1)))).isEqualTo(new Planned.Standing(KEY));
        assertThat(given.change(row("a", 3), known(row("a", 1)))).isInstanceOf(Planned.Row.class);
    }

    @Test
    void aValueThatCannotFitNamesItsFieldAndTakesNoOrdinal() {
        Given given = new Given(field("A"));
        given.fit = (field, value) -> value.text().equals("bad") ? Optional.of("too_long") : Optional.empty();
        Planner planner = given.planner();
        assertThat(planner.plan(new Change.Changed(KEY, row("a", "bad"), 1, known(row("a", "x")))))
                .isEqualTo(new Planned.Unfit(KEY, "too_long:A"));
        assertThat(written(planner.plan(new Change.Changed(KEY, row("a", "good"), 1, known(row("a", "x")))))
                        .ordinal())
                .isZero();
    }

    @Test
    void aRowWithoutTheDestinationsKeyIsUnfit() {
        Given given = new Given(field("A"));
        given.keySource = new FieldSource.Column("ext");
        Known before = known(row("a", 1, "ext", "e"));
        assertThat(given.change(row("a", 2, "ext", null), before)).isEqualTo(new Planned.Unfit(KEY, "no_key:Id__c"));
        assertThat(given.change(row("a", 2, "ext", " "), before)).isEqualTo(new Planned.Unfit(KEY, "no_key:Id__c"));
        assertThat(given.change(row("a", 2, "ext", "e"), before)).isInstanceOf(Planned.Row.class);
    }

    @Test
    void anotherDestinationKeyMeansAnotherRecordThatGetsEverything() {
        Given given = new Given(field("A"));
        given.operation = Operation.UPDATE;
        given.keySource = new FieldSource.Column("ext");
        PlannedWrite write = written(given.change(row("a", 1, "ext", "e2"), known(row("a", 1, "ext", "e1"))));
        assertThat(write.targetKey()).isEqualTo(new Value.Text("e2"));
        assertThat(write.fields()).isEqualTo(mapped("A", 1));
        assertThat(write.before()).isEmpty();
        assertThat(write.remoteId()).as("that one is the other record's").isNull();
        assertThat(write.createdByUs()).isFalse();
    }

    @Test
    void aRecordThatCanFollowsToItsNewKey() {
        Given given = new Given(field("A"), field("B"));
        given.keySource = new FieldSource.Column("ext");
        given.fit = REKEYING;
        Row before = row("ext", "one", "a", 1, "b", 2);

        PlannedWrite write = written(given.change(row("ext", "two", "a", 1, "b", 3), known(before)));

        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.CHANGE);
        assertThat(write.cause()).isEqualTo(Cause.REKEYED);
        assertThat(write.remoteId()).isEqualTo("001");
        assertThat(write.targetKey()).isEqualTo(new Value.Text("two"));
        assertThat(write.fields()).isEqualTo(mapped("A", 1, "B", 3, "Id__c", "two"));
    }

    /** Else there would be two, of which nobody knows the first any more. */
    @Test
    void whatCannotFollowWaitsForAPersonUnlessASecondRecordIsWanted() {
        Given given = new Given(field("A"));
        given.keySource = new FieldSource.Column("ext");
        Change.Changed change =
                new Change.Changed(KEY, row("ext", "two", "a", 1), 99, known(row("ext", "one", "a", 1)));

        PlannedWrite write = written(given.planner().plan(change));
        assertThat(write.held()).contains("rekeyed");
        assertThat(write.cause()).isEqualTo(Cause.REKEYED);
        assertThat(write.targetKey()).isEqualTo(new Value.Text("two"));
        assertThat(write.remoteId()).isEqualTo("001");

        given.onRekeyed = Target.OnRekeyed.NEW_RECORD;
        PlannedWrite second = written(given.planner().plan(change));
        assertThat(second.held()).isEmpty();
        assertThat(second.remoteId()).isNull();
        assertThat(second.fields()).isEqualTo(mapped("A", 1));
    }

    @Test
    void aKeyThatTheDestinationTakesForTheSameIsNoOther() {
        Given given = new Given(field("A"));
        given.keySource = new FieldSource.Column("ext");
        given.fit = new Fit() {
            @Override
            public Optional<String> misfit(String field, Value value) {
                return Optional.empty();
            }

            @Override
            public boolean sameKey(Value one, Value other) {
                return one.text().equalsIgnoreCase(other.text());
            }
        };
        Known before = known(row("ext", "one", "a", 1));
        assertThat(given.change(row("ext", "ONE", "a", 1), before)).isEqualTo(new Planned.Same(KEY));
        assertThat(written(given.change(row("ext", "ONE", "a", 2), before)).fields())
                .isEqualTo(mapped("A", 2));
    }

    @Test
    void aMirrorGivesUpWhatCannotFollow() {
        Given given = new Given(field("A"));
        given.keySource = new FieldSource.Column("ext");
        given.operation = Operation.MIRROR;

        PlannedWrite write = written(given.change(row("ext", "two", "a", 1), known(row("ext", "one", "a", 1))));

        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
        assertThat(write.cause()).isEqualTo(Cause.REKEYED);
        assertThat(write.targetKey()).isEqualTo(new Value.Text("one"));
        assertThat(write.fields()).isEmpty();
    }

    private static Fit knownBy(String... fields) {
        return new Fit() {
            @Override
            public Optional<String> misfit(String field, Value value) {
                return Optional.empty();
            }

            @Override
            public Set<String> identifiers() {
                return Set.of(fields);
            }
        };
    }

    /** Also where nobody knows whether that was done: a removal that was lost is sent again, not forgotten. */
    @Test
    void aMemberThatIsKnownByOthersNowMakesWayForItself() {
        Given given = new Given(field("A"), field("B"));
        given.operation = Operation.MIRROR;
        given.fit = knownBy("A");
        for (Known before : new Known[] {known(row("a", 1, "b", 2)), dirty(known(row("a", 1, "b", 2)))}) {
            PlannedWrite write = written(given.change(row("a", 5, "b", 2), before));
            assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
            assertThat(write.cause()).isEqualTo(Cause.REKEYED);
            assertThat(write.fields()).isEmpty();
            assertThat(write.before()).isEqualTo(mapped("A", 1, "B", 2));
        }
        assertThat(written(given.change(row("a", 1, "b", 5), known(row("a", 1, "b", 2))))
                        .kind())
                .isEqualTo(PlannedWrite.Kind.CHANGE);
        assertThat(written(given.change(row("a", 5, "b", 2), known(row("a", null, "b", 2))))
                        .kind())
                .as("by one more, while all that was there is true")
                .isEqualTo(PlannedWrite.Kind.CHANGE);
        assertThat(written(given.change(row("a", null, "b", 2), known(row("a", 1, "b", 2))))
                        .kind())
                .isEqualTo(PlannedWrite.Kind.REMOVE);
    }

    @Test
    void anotherSpellingOfTheSameKeyIsTheSameRecord() {
        Given given = new Given(field("A"));
        given.keySource = new FieldSource.Column("id");
        Row spelled = new Row(Map.of("id", new Value.Text("K1"), "a", new Value.Int(1)));
        assertThat(given.change(spelled, known(row("a", 1)))).isEqualTo(new Planned.Same(KEY));
    }
}
