package dev.caravan.plan;

import static dev.caravan.plan.Given.KEY;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.kept;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.quiet;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows that are sent again since what they made expires. */
class PlannerRenewalTest {

    @Test
    void whatIsDueIsSentAsAWholeThoughNothingDiffers() {
        Given given = new Given(field("A"), quiet("B"), kept("C")).deadBand("A", "1.0");
        PlannedWrite write =
                written(given.due(row("a", 5.4, "b", 3, "c", ""), known(row("a", 5.0, "b", 2, "c", "old")), 1));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.CHANGE);
        assertThat(write.cause()).isEqualTo(Cause.RENEWED);
        assertThat(write.fields()).isEqualTo(mapped("A", 5.4, "B", 3));
        assertThat(write.before()).isEqualTo(mapped("A", 5.0, "B", 2));
        assertThat(write.withheld()).as("what the empty value leaves there").isEqualTo(mapped("C", "old"));
        assertThat(write.rowHash()).as("it stays a candidate for that").isNull();
        assertThat(write.remoteId()).isEqualTo("001");

        PlannedWrite same = written(given.due(row("a", 5, "b", 2, "c", "x"), known(row("a", 5, "b", 2, "c", "x")), 1));
        assertThat(same.cause()).isEqualTo(Cause.RENEWED);
        assertThat(same.fields()).isEqualTo(mapped("A", 5, "B", 2, "C", "x"));
        assertThat(same.rowHash()).isEqualTo(99);
    }

    @Test
    void noMoreIsSentAgainThanMayBe() {
        Given given = new Given(field("A"));
        Known before = known(row("a", 1));
        Planner planner = given.planner().renewing(2);
        Change due = new Change.Changed(KEY, row("a", 1), 99, before, true);
        assertThat(written(planner.plan(due)).ordinal()).isZero();
        assertThat(written(planner.plan(new Change.Changed(KEY, row("a", 2), 99, before, true)))
                        .cause())
                .as("it changed anyway")
                .isEqualTo(Cause.MODEL);
        assertThat(written(planner.plan(due)).ordinal()).isEqualTo(2);
        assertThat(planner.plan(due)).isEqualTo(new Planned.Overdue(KEY));
        assertThat(written(planner.plan(new Change.Changed(KEY, row("a", 2), 99, before, true)))
                        .ordinal())
                .isEqualTo(3);
        assertThat(given.due(row("a", 1), before, 0)).isEqualTo(new Planned.Overdue(KEY));
    }

    @Test
    void whatWasRefusedOrCannotFitIsNotSentAgainAndTakesNoOthersPlace() {
        Given given = new Given(field("A"));
        Known before = known(row("a", 1));
        given.standing = write -> write.fields().equals(mapped("A", 1));
        given.fit = (field, value) -> value.equals(Given.value(3)) ? Optional.of("too_long") : Optional.empty();
        Planner planner = given.planner().renewing(1);
        assertThat(planner.plan(new Change.Changed(KEY, row("a", 1), 99, before, true)))
                .isEqualTo(new Planned.Standing(KEY));
        assertThat(planner.plan(new Change.Changed(KEY, row("a", 3), 99, known(row("a", 3)), true)))
                .isEqualTo(new Planned.Unfit(KEY, "too_long:A"));
        assertThat(written(planner.plan(new Change.Changed(KEY, row("a", 2), 99, known(row("a", 2)), true)))
                        .cause())
                .isEqualTo(Cause.RENEWED);
    }

    /** A field that alone causes no write may still be what a member is known by. */
    @Test
    void aMemberThatIsKnownByOthersByNowMakesWayInsteadOfBeingSentAgain() {
        Given given = new Given(field("A"), quiet("B"));
        given.operation = Operation.MIRROR;
        given.fit = new Fit() {
            @Override
            public Optional<String> misfit(String field, Value value) {
                return Optional.empty();
            }

            @Override
            public Set<String> identifiers() {
                return Set.of("B");
            }
        };
        PlannedWrite write = written(given.due(row("a", 1, "b", "new"), known(row("a", 1, "b", "old")), 1));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
        assertThat(write.cause()).isEqualTo(Cause.REKEYED);
    }
}
