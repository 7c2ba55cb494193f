package dev.caravan.plan;

import static dev.caravan.plan.Given.dirty;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.diff.Change;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Given given = new Given(field("A"), field("B"), field("C"));
    private final Samples samples = new Samples(Set.of("B"));
    private final Planner planner = planner();

    private Planner planner() {
        given.onRemoved = OnRemoved.DELETE;
        return given.planner();
    }

    @Test
    void whatVanishesAndWhatJumpsComesFirst() {
        change("small", row("a", 100), row("a", 101));
        change("jump", row("a", 100), row("a", 900));
        change("vanished", row("a", 100), row("a", null));
        remove("removed");
        add("added");
        assertThat(keys()).containsExactly("jump", "vanished", "removed", "small", "added");
    }

    @Test
    void whatIsOnlySentAgainComesLast() {
        Row same = wide("again", row("a", 1));
        PlannedWrite again = written(given.due(same, known(same), 1));
        samples.offer(again);
        add("added");
        change("changed", row("a", 100), row("a", 101));
        assertThat(keys()).containsExactly("changed", "added", again.shownKey());
        assertThat(samples.best().getLast().fields()).isEmpty();
    }

    @Test
    void aFloodOfWideAddsHidesNoChange() {
        change("changed", row("a", 100), row("a", 101));
        IntStream.range(0, 1_000).forEach(i -> add("added" + i));
        remove("removed");
        assertThat(keys()).hasSize(20).startsWith("removed", "changed");
    }

    @Test
    void tiesGoToTheEarlierRow() {
        IntStream.range(0, 100).forEach(i -> add("k" + i));
        assertThat(keys()).hasSize(20).startsWith("k0", "k1", "k2").endsWith("k19");
    }

    @Test
    void noNumberIsSoStrangeThatItHidesTheRest() {
        change("huge", row("a", 0.0), row("a", Double.MAX_VALUE));
        change("endless", row("a", 0.0), row("a", Double.POSITIVE_INFINITY));
        change("vanished", row("a", "x", "c", "y"), row("a", null, "c", null));
        assertThat(keys()).containsExactlyInAnyOrder("huge", "endless", "vanished");
    }

    @Test
    void aRowThatIsSentAgainShowsOnlyWhatDiffers() {
        Row before = wide("k", row("a", 1, "b", "ada@example.org", "c", "x"));
        offer(new Change.Changed(
                new RowKey("s:k"), wide("k", row("a", 1, "b", "ada@example.org", "c", "y")), 1, dirty(known(before))));
        assertThat(samples.best().getFirst().fields())
                .extracting(PlanSummary.FieldChange::field)
                .containsExactly("C");
    }

    @Test
    void privateFieldsAreMaskedOnBothSides() {
        change("k", row("a", "old", "b", "ada@example.org"), row("a", "new", "b", "eve@example.org"));
        assertThat(samples.best().getFirst().fields())
                .extracting(change -> change.field() + " " + text(change.before()) + " "
                        + change.after().text())
                .containsExactly("A old new", "B ••• •••");
    }

    private static String text(Value value) {
        return value == null ? "none" : value.text();
    }

    private List<String> keys() {
        return samples.best().stream().map(PlanSummary.Sample::key).toList();
    }

    private void add(String key) {
        offer(new Change.Added(new RowKey("s:" + key), wide(key, row("a", 1, "b", 2, "c", 3)), 1, Optional.empty()));
    }

    private void change(String key, Row before, Row after) {
        offer(new Change.Changed(new RowKey("s:" + key), wide(key, after), 1, known(wide(key, before))));
    }

    private void remove(String key) {
        offer(new Change.Removed(new RowKey("s:" + key), known(wide(key, row("a", 1)))));
    }

    private void offer(Change change) {
        samples.offer(written(planner.plan(change)));
    }

    private static Row wide(String key, Row row) {
        Map<String, Value> values = new LinkedHashMap<>(row.values());
        values.put("id", new Value.Text(key));
        values.putIfAbsent("b", Value.ofNull());
        values.putIfAbsent("c", Value.ofNull());
        return new Row(values);
    }
}
