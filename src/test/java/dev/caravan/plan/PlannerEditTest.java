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
import static dev.caravan.plan.Given.rule;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Write;
import dev.caravan.mapping.Expression;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Invariant I15: an edited mapping plans only the records and fields whose values differ, and names why. */
class PlannerEditTest {

    @Test
    void anEditThatChangesNoValueSendsNothing() {
        Given given = new Given(rounded("A", 1), field("B")).before("old", field("B"), rounded("A", 2));
        assertThat(given.change(row("a", 1.5, "b", 1), old(row("a", 1.5, "b", 1))))
                .isEqualTo(new Planned.Same(KEY));
    }

    @Test
    void anEditSendsTheFieldsThatItChangesAndIsNamed() {
        Given given = new Given(rounded("A", 1), field("B")).before("old", rounded("A", 2), field("B"));
        PlannedWrite write = written(given.change(row("a", 1.52, "b", 1), old(row("a", 1.52, "b", 1))));
        assertThat(write.cause()).isEqualTo(Cause.EDIT);
        assertThat(write.fields()).isEqualTo(mapped("A", 1.5));
        assertThat(write.before()).isEqualTo(mapped("A", 1.52));
    }

    @Test
    void aModelChangeUnderAnEditedMappingIsStillTheModels() {
        Given given = new Given(rounded("A", 1), field("B")).before("old", rounded("A", 2), field("B"));
        PlannedWrite write = written(given.change(row("a", 1.5, "b", 2), old(row("a", 1.5, "b", 1))));
        assertThat(write.cause()).isEqualTo(Cause.MODEL);
        assertThat(write.fields()).isEqualTo(mapped("B", 2));
    }

    @Test
    void aWithheldValueIsNotTakenForAnEdit() {
        Given given = new Given(field("A"), rounded("B", 1))
                .before("old", field("A"), rounded("B", 2))
                .deadBand("A", "1");
        Known withheld = known("old", row("a", 1.5, "b", 1), mapped("A", 1.0));
        PlannedWrite write = written(given.change(row("a", 7.0, "b", 1), withheld));
        assertThat(write.fields()).isEqualTo(mapped("A", 7.0));
        assertThat(write.cause()).isEqualTo(Cause.MODEL);
    }

    @Test
    void aColumnThatTheImageLacksIsABackfillEvenOfNulls() {
        Given given = new Given(field("A"), field("New")).before("old", field("A"));
        assertThat(written(given.change(row("a", 1, "new", "x"), old(row("a", 1)))))
                .returns(Cause.BACKFILL, PlannedWrite::cause)
                .returns(mapped("New", "x"), PlannedWrite::fields);
        assertThat(written(given.change(row("a", 2, "new", null), old(row("a", 1)))))
                .returns(Cause.BACKFILL, PlannedWrite::cause)
                .returns(mapped("A", 2, "New", null), PlannedWrite::fields);
    }

    @Test
    void aNewFieldOverAColumnThatTheImageHasIsAnEdit() {
        Given given = new Given(field("A"), rule("Copy", new FieldSource.Column("a"))).before("old", field("A"));
        PlannedWrite write = written(given.change(row("a", 1), old(row("a", 1))));
        assertThat(write.cause()).isEqualTo(Cause.EDIT);
        assertThat(write.fields()).isEqualTo(mapped("Copy", 1));
    }

    @Test
    void aNewConstantIsAnEdit() {
        Given given = new Given(field("A"), rule("C", new FieldSource.Constant(new Value.Text("x"))))
                .before("old", field("A"));
        assertThat(written(given.change(row("a", 1), old(row("a", 1)))).cause()).isEqualTo(Cause.EDIT);
    }

    @Test
    void aFieldTakenOutOfTheMappingIsLeftAsItIs() {
        Given given = new Given(field("A")).before("old", field("A"), field("B"));
        assertThat(given.change(row("a", 1), old(row("a", 1, "b", 2)))).isEqualTo(new Planned.Same(KEY));
    }

    /** A record that is replaced as a whole loses it with its next change: what nobody maps any more is not to leave. */
    @Test
    void aFieldTakenOutOfTheMappingIsNoPartOfAWhole() {
        Given given = new Given(field("A"), field("C")).before("old", field("A"), field("B"), field("C"));
        given.fit = new Fit() {
            @Override
            public Optional<String> misfit(String field, Value value) {
                return Optional.empty();
            }

            @Override
            public boolean wholes() {
                return true;
            }
        };
        Known withheld = known("old", row("a", 1, "b", 2, "c", 3), mapped("B", 4));
        for (Known before : List.of(old(row("a", 1, "b", 2, "c", 3)), withheld, dirty(withheld))) {
            PlannedWrite write = written(given.change(row("a", 5, "b", 2, "c", 3), before));
            assertThat(Write.whole(write, "").fields()).isEqualTo(mapped("A", 5, "C", 3));
        }
    }

    /** It would be a member by that for ever: no later removal knows of it. */
    @Test
    void aMemberThatWasKnownByAFieldTakenOutOfTheMappingMakesWayForItself() {
        Given given = new Given(field("A"), field("C")).before("old", field("A"), field("B"), field("C"));
        given.operation = Operation.MIRROR;
        given.fit = new Fit() {
            @Override
            public Optional<String> misfit(String field, Value value) {
                return Optional.empty();
            }

            @Override
            public Set<String> identifiers() {
                return Set.of("A", "B");
            }
        };
        PlannedWrite write = written(given.change(row("a", 1, "c", 3), old(row("a", 1, "b", 2, "c", 3))));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
        assertThat(write.before()).isEqualTo(mapped("A", 1, "B", 2, "C", 3));
        assertThat(given.change(row("a", 1, "c", 3), old(row("a", 1, "b", null, "c", 3))))
                .as("not known by it")
                .isEqualTo(new Planned.Same(KEY));
    }

    @Test
    void turningKeepIntoClearClearsWhatWasKept() {
        Given given = new Given(field("A")).before("old", kept("A"));
        PlannedWrite write = written(given.change(row("a", null), old(row("a", null))));
        assertThat(write.fields()).isEqualTo(mapped("A", null));
        assertThat(write.cause()).isEqualTo(Cause.EDIT);
    }

    @Test
    void anEditOfAFieldThatDoesNotTriggerWaitsForOneThatDoes() {
        Given given = new Given(field("A"), quiet("M")).before("old", field("A"));
        assertThat(given.change(row("a", 1, "m", "v"), old(row("a", 1, "m", "v"))))
                .isEqualTo(new Planned.Quiet(KEY));
    }

    @Test
    void anEditThatHasNoValueForTheImageIsStillAnEdit() {
        Expression failsOnTwo = each -> each.get("a").equals(new Value.Int(2))
                ? new Expression.Result.Failed("division")
                : new Expression.Result.Computed(new Value.Int(10));
        Given given = new Given(rule("A", new FieldSource.Computed("x", Set.of("a"), Optional.empty(), failsOnTwo)))
                .before("old", field("A"));
        assertThat(written(given.change(row("a", 3), old(row("a", 2)))).cause()).isEqualTo(Cause.EDIT);
        assertThat(given.change(row("a", 2), old(row("a", 2)))).isEqualTo(new Planned.Unfit(KEY, "expression:A"));
    }

    private static Known old(Row image) {
        return known("old", image, Map.of());
    }
}
