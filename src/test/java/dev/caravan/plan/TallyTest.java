package dev.caravan.plan;

import static dev.caravan.plan.Given.dirty;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.row.RowKey;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Given given = new Given(field("A"), field("B"));
    private final Tally tally = new Tally(Set.of());

    @Test
    void everyKindAndCauseIsCountedOnce() {
        given.onRemoved = OnRemoved.DELETE;
        tally.count(given.add(row("a", 1, "b", 1), null));
        tally.count(given.change(row("a", 2, "b", 1), known(row("a", 1, "b", 1))));
        tally.count(given.change(row("a", 2, "b", 1), dirty(known(row("a", 1, "b", 1)))));
        tally.count(given.remove(known(row("a", 1, "b", 1))));
        assertThat(tally.of(PlannedWrite.Kind.ADD)).isEqualTo(1);
        assertThat(tally.of(PlannedWrite.Kind.CHANGE)).isEqualTo(2);
        assertThat(tally.of(PlannedWrite.Kind.REMOVE)).isEqualTo(1);
        assertThat(tally.planned()).isEqualTo(4);
        assertThat(tally.changes(Cause.MODEL)).isEqualTo(1);
        assertThat(tally.changes(Cause.UNKNOWN)).isEqualTo(1);
        assertThat(tally.changes(Cause.NEW)).as("an add is no change").isZero();
        assertThat(tally.byField()).isEqualTo(Map.of("A", 3L, "B", 2L));
    }

    @Test
    void whatIsNotPlannedIsCountedByWhy() {
        RowKey key = Given.KEY;
        tally.count(new Planned.Same(key));
        tally.count(new Planned.Quiet(key));
        tally.count(new Planned.Left(key));
        tally.count(new Planned.Waiting(key));
        tally.count(new Planned.Standing(key));
        tally.count(new Planned.Unfit(key, "too_long:A"));
        tally.count(new Planned.Unfit(key, "too_long:A"));
        assertThat(tally.planned()).isZero();
        assertThat(tally.same()).isEqualTo(2);
        assertThat(tally.left()).isEqualTo(1);
        assertThat(tally.standing()).isEqualTo(1);
        assertThat(tally.unfit()).isEqualTo(Map.of("too_long:A", 2L));
    }

    @Test
    void aClearIsAValueThatBecomesNothing() {
        tally.count(given.change(row("a", null, "b", null), known(row("a", 1, "b", null))));
        tally.count(given.change(row("a", " ", "b", 1), known(row("a", "x", "b", 1))));
        assertThat(tally.cleared()).isEqualTo(Map.of("A", 2L));
    }

    @Test
    void whatIsHeldAnywayChangesNothing() {
        tally.count(held(given.change(row("a", null, "b", 1), known(row("a", 1, "b", 2)))));
        tally.count(held(given.add(row("a", 1, "b", 1), null)));
        assertThat(tally.planned()).isEqualTo(2);
        assertThat(tally.changes(Cause.MODEL)).isZero();
        assertThat(tally.sendable(PlannedWrite.Kind.ADD)).isZero();
        assertThat(tally.cleared()).isEmpty();
    }

    private static Planned held(Planned planned) {
        return new Planned.Row(((Planned.Row) planned).write().holdFor("zombie_window"));
    }

    @Test
    void leavesOutWhatItCountedToo() {
        Planned change = given.change(row("a", null, "b", 1), known(row("a", 1, "b", 2)));
        Tally some = new Tally(Set.of());
        some.count(change);
        tally.count(change);
        tally.count(change);
        tally.count(given.add(row("a", 1, "b", 1), null));
        tally.count(new Planned.Overdue(Given.KEY));
        Tally rest = tally.without(some);
        assertThat(rest.overdue()).isEqualTo(1);
        assertThat(rest.same()).isEqualTo(1);
        assertThat(rest.planned()).isEqualTo(2);
        assertThat(rest.changes(Cause.MODEL)).isEqualTo(1);
        assertThat(rest.cleared()).isEqualTo(Map.of("A", 1L));
        assertThat(rest.sendable(PlannedWrite.Kind.ADD)).isEqualTo(1);
    }

    @Test
    void addsAndRemovalsAreNoClears() {
        given.onRemoved = OnRemoved.CLEAR;
        tally.count(given.add(row("a", null, "b", null), null));
        tally.count(given.remove(known(row("a", 1, "b", 1))));
        assertThat(tally.cleared()).isEmpty();
    }
}
