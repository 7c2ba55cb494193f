package dev.caravan.plan;

import static dev.caravan.plan.Given.dirty;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Members of an audience are what they are known by: what was put in is what has to be taken out. */
class PlannerMembersTest {

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

    /** As many rows of the model as are said have the value 7 in A or B. */
    private static Fit shared(long rows) {
        return new Fit() {
            @Override
            public Optional<String> misfit(String field, Value value) {
                return Optional.empty();
            }

            @Override
            public Set<String> identifiers() {
                return Set.of("A", "B", "C");
            }

            @Override
            public Set<String> soleIdentifiers() {
                return Set.of("A", "B");
            }

            @Override
            public long rowsWith(String field, Value value) {
                return value.text().equals("7") ? rows : 0;
            }
        };
    }

    @Test
    void whatOtherRowsHaveTooIsNotTakenOut() {
        Given given = new Given(field("A"), field("B"), field("C"));
        given.operation = Operation.MIRROR;
        given.onRemoved = Target.OnRemoved.DELETE;
        given.fit = shared(1);
        Known both = known(row("a", 7, "b", 2, "c", 3));
        Known alone = known(row("a", 7, "b", null, "c", 3));

        assertThat(written(given.remove(both))).returns(mapped("B", 2, "C", 3), PlannedWrite::before);
        assertThat(written(given.remove(alone)).held()).contains("shared_identifier");
        PlannedWrite other = written(given.change(row("a", 7, "b", 5, "c", 3), both));
        assertThat(other.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
        assertThat(other.before()).as("its own row has it").isEqualTo(mapped("A", 7, "B", 2, "C", 3));
        assertThat(written(given.change(row("a", 8, "b", 2, "c", 3), both)).kind())
                .as("another row's by now")
                .isEqualTo(PlannedWrite.Kind.CHANGE);

        given.fit = shared(2);
        assertThat(written(given.change(row("a", 7, "b", 5, "c", 3), both)).before())
                .isEqualTo(mapped("B", 2, "C", 3));
        assertThat(written(given.change(row("a", 7, "b", null, "c", 5), alone)).kind())
                .as("nothing by which it could be taken out")
                .isEqualTo(PlannedWrite.Kind.CHANGE);

        given.fit = shared(0);
        assertThat(written(given.remove(both)).before()).isEqualTo(mapped("A", 7, "B", 2, "C", 3));
    }

    private static Doubts lost(PlannedWrite write) {
        return new Doubts() {
            @Override
            public Doubt about(RowKey key) {
                return new Doubt.Latest();
            }

            @Override
            public Optional<PlannedWrite> lost(RowKey key) {
                return Optional.of(write);
            }
        };
    }

    /** What was sent may be there, though nobody has said so; a removal that was lost tells what there was to take out. */
    @Test
    void aMemberIsTakenOutUnderWhatALostRequestHasPutInToo() {
        Given given = new Given(field("A"), field("B"), field("C"));
        given.operation = Operation.MIRROR;
        given.onRemoved = Target.OnRemoved.DELETE;
        given.adopted = true;
        given.fit = knownBy("A", "B");
        Known never = new Known(null, false, true, false, "", Map.of(), Row.EMPTY);

        PlannedWrite add = written(given.add(row("a", 1, "b", null, "c", 3), null));
        given.doubts = lost(add);
        PlannedWrite makesWay = written(given.add(row("a", 2, "b", null, "c", 3), never));
        assertThat(makesWay.kind()).isEqualTo(PlannedWrite.Kind.REMOVE);
        assertThat(makesWay.targetKey()).isEqualTo(new Value.Text("k1"));
        assertThat(makesWay.before()).isEqualTo(mapped("A", 1, "C", 3));
        assertThat(written(given.remove(never)).before()).isEqualTo(mapped("A", 1, "C", 3));
        assertThat(written(given.add(row("a", 1, "b", 2, "c", 4), never)).kind())
                .as("known by one more")
                .isEqualTo(PlannedWrite.Kind.ADD);
        given.doubts = lost(makesWay);
        assertThat(written(given.add(row("a", 2, "b", null, "c", 3), never)).before())
                .isEqualTo(mapped("A", 1, "C", 3));

        Known accepted = known(row("a", 1, "b", null, "c", 3));
        given.doubts = lost(written(given.change(row("a", 1, "b", 2, "c", 3), accepted)));
        assertThat(written(given.remove(dirty(accepted))).before()).isEqualTo(mapped("A", 1, "B", 2, "C", 3));
        assertThat(written(given.change(row("a", 1, "b", 5, "c", 3), dirty(accepted)))
                        .before())
                .isEqualTo(mapped("A", 1, "B", 2, "C", 3));
    }

    /** The key of the row is another than the one that it was lost under. */
    @Test
    void aMemberThatWasLostUnderAnotherKeyMakesWayForItself() {
        Given given = new Given(field("A"));
        given.operation = Operation.MIRROR;
        given.keySource = new FieldSource.Column("ext");
        given.fit = knownBy("A");
        given.doubts = lost(written(given.add(row("ext", "one", "a", 1), null)));
        Known never = new Known(null, false, true, false, "", Map.of(), Row.EMPTY);
        assertThat(written(given.add(row("ext", "two", "a", 1), never)))
                .returns(PlannedWrite.Kind.REMOVE, PlannedWrite::kind)
                .returns(new Value.Text("one"), PlannedWrite::targetKey);
        assertThat(written(given.add(row("ext", "one", "a", 1), never)).kind()).isEqualTo(PlannedWrite.Kind.ADD);
    }
}
