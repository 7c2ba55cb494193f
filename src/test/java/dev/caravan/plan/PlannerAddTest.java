package dev.caravan.plan;

import static dev.caravan.plan.Given.KEY;
import static dev.caravan.plan.Given.dirty;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.kept;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.rule;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.mapping.Expression;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerAddTest {

    @Test
    void aNewKeyIsSentWhole() {
        PlannedWrite write =
                written(new Given(field("A"), field("B"), kept("C")).add(row("a", 1, "b", null, "c", null), null));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.ADD);
        assertThat(write.cause()).isEqualTo(Cause.NEW);
        assertThat(write.fields()).isEqualTo(mapped("A", 1, "B", null));
        assertThat(write.before()).isEmpty();
        assertThat(write.remoteId()).isNull();
        assertThat(write.createdByUs()).isFalse();
        assertThat(write.rowHash()).isEqualTo(99);
    }

    @Test
    void aKeyThatReturnsIsSentWholeAndKeepsItsRecord() {
        Known left = new Known("001", true, false, true, "now", Map.of(), row("a", 1));
        PlannedWrite write = written(new Given(field("A")).add(row("a", 1), left));
        assertThat(write.kind()).isEqualTo(PlannedWrite.Kind.ADD);
        assertThat(write.cause()).isEqualTo(Cause.RETURNED);
        assertThat(write.fields()).isEqualTo(mapped("A", 1));
        assertThat(write.remoteId()).isEqualTo("001");
        assertThat(write.createdByUs()).isTrue();
    }

    /** What it left behind is there still, so that by its new key there would be two. */
    @Test
    void aKeyThatReturnsWithAnotherDestinationKeyIsHeldWhereItsRecordCannotFollow() {
        Given given = new Given(field("A"));
        given.keySource = new FieldSource.Column("ext");
        Row image = row("ext", "one", "a", 1);
        Known left = new Known("001", true, false, true, "now", Map.of(), image);
        assertThat(written(given.add(row("ext", "two", "a", 1), left)).held()).contains("rekeyed");
        assertThat(written(given.add(row("ext", "one", "a", 1), left)).held()).isEmpty();
        Known gone = new Known(null, false, false, true, "now", Map.of(), image);
        assertThat(written(given.add(row("ext", "two", "a", 1), gone)).held()).isEmpty();

        given.onRekeyed = Target.OnRekeyed.NEW_RECORD;
        Known unnamed = new Known(null, true, false, true, "now", Map.of(), image);
        PlannedWrite other = written(given.add(row("ext", "two", "a", 1), unnamed));
        assertThat(other.held()).isEmpty();
        assertThat(other.createdByUs()).as("that was another record").isFalse();
    }

    @Test
    void anUnresolvedAddIsSentAgainAsUnknown() {
        assertThat(written(new Given(field("A")).add(row("a", 1), dirty(known(row("a", 1)))))
                        .cause())
                .isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void aRowThatCannotBeMappedIsUnfit() {
        FieldSource broken = new FieldSource.Computed(
                "1 / 0", Set.of(), Optional.empty(), each -> new Expression.Result.Failed("division"));
        assertThat(new Given(field("A"), rule("B", broken)).add(row("a", 1), null))
                .isEqualTo(new Planned.Unfit(KEY, "expression:B"));
    }

    @Test
    void ordinalsCountPlannedRowsInOrder() {
        Given given = new Given(field("A"));
        given.fit = (field, value) -> value.text().equals("bad") ? Optional.of("no") : Optional.empty();
        Planner planner = given.planner();
        List<Planned> planned = List.of("x", "bad", "y").stream()
                .map(value ->
                        planner.plan(new Change.Added(new RowKey("s:" + value), row("a", value), 1, Optional.empty())))
                .toList();
        assertThat(written(planned.get(0)).ordinal()).isZero();
        assertThat(planned.get(1)).isEqualTo(new Planned.Unfit(new RowKey("s:bad"), "no:A"));
        assertThat(written(planned.get(2)).ordinal()).isEqualTo(1);
    }
}
