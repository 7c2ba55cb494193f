package dev.caravan.plan;

import static dev.caravan.plan.Given.dirty;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.row.Row;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClearsTest {

    private final Given given = new Given(field("A"), field("B"), field("C"));
    private final Row before = row("a", 1, "b", "x", "c", null);

    @Test
    void theClearIsLeftOutAndItsValueRemembered() {
        PlannedWrite write = written(given.change(row("a", 2, "b", null, "c", null), known(before)));
        PlannedWrite rest = Clears.without(write, Set.of("B"), field -> true);
        assertThat(rest.fields()).isEqualTo(mapped("A", 2));
        assertThat(rest.before()).isEqualTo(mapped("A", 1));
        assertThat(rest.withheld()).isEqualTo(mapped("B", "x"));
        assertThat(rest.rowHash()).as("stays a candidate").isNull();
        assertThat(rest.held()).isEmpty();
    }

    @Test
    void whiteSpaceWipesAsNullDoes() {
        PlannedWrite write = written(given.change(row("a", 2, "b", " ", "c", null), known(before)));
        assertThat(Clears.without(write, Set.of("B"), field -> true).fields()).isEqualTo(mapped("A", 2));
    }

    @Test
    void aRowWithNothingElseToSendIsHeld() {
        PlannedWrite write = written(given.change(row("a", 1, "b", null, "c", null), known(before)));
        assertThat(Clears.without(write, Set.of("B"), field -> true).held()).contains("max_cleared");
    }

    @Test
    void whatMayNotCauseAWriteDoesNotGoAlone() {
        PlannedWrite write = written(given.change(row("a", 2, "b", null, "c", null), known(before)));
        assertThat(Clears.without(write, Set.of("B"), field -> !field.equals("A"))
                        .held())
                .contains("max_cleared");
    }

    @Test
    void anUnresolvedRowIsHeldSinceItsValueIsNotKnownToBeThere() {
        PlannedWrite write = written(given.change(row("a", 2, "b", null, "c", null), dirty(known(before))));
        assertThat(Clears.without(write, Set.of("B"), field -> true).held()).contains("max_cleared");
    }

    @Test
    void nothingElseIsTouched() {
        PlannedWrite noClear = written(given.change(row("a", 2, "b", "y", "c", null), known(before)));
        assertThat(Clears.without(noClear, Set.of("A", "B", "C"), field -> true))
                .isSameAs(noClear);
        PlannedWrite otherField = written(given.change(row("a", 2, "b", null, "c", null), known(before)));
        assertThat(Clears.without(otherField, Set.of("A", "C"), field -> true)).isSameAs(otherField);
        PlannedWrite add = written(given.add(row("a", null, "b", null, "c", null), null));
        assertThat(Clears.without(add, Set.of("A", "B"), field -> true)).isSameAs(add);
        given.onRemoved = OnRemoved.CLEAR;
        PlannedWrite removal = written(given.remove(known(before)));
        assertThat(Clears.without(removal, Set.of("A", "B"), field -> true)).isSameAs(removal);
    }
}
