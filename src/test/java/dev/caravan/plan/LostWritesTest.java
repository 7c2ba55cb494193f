package dev.caravan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Invariant I8: only what would not mind being overtaken goes out beside a lost request. */
class LostWritesTest {

    private static final Map<String, Value> ONE = Map.of("A", text("1"), "B", text("2"));

    private final LostWrites lost = new LostWrites(List.of(write("k", "x", Kind.ADD, ONE)), false);

    @Test
    void theSameValuesGoOutAtOnce() {
        assertThat(held(write("k", "x", Kind.CHANGE, ONE))).isFalse();
        assertThat(held(write("k", "x", Kind.CHANGE, Map.of("A", text("1"), "C", text("9")))))
                .isFalse();
        assertThat(held(write("k", "x", Kind.CHANGE, Map.of("C", text("9"))))).isFalse();
        assertThat(held(write("other", "y", Kind.CHANGE, Map.of("A", text("9")))))
                .isFalse();
        LostWrites number = new LostWrites(List.of(write("k", "x", Kind.ADD, Map.of("N", decimal("1.50")))), false);
        assertThat(number.judged(write("k", "x", Kind.CHANGE, Map.of("N", decimal("1.5"))))
                        .held())
                .isEmpty();
    }

    @Test
    void whatWouldBeOvertakenWaits() {
        assertThat(lost.judged(write("k", "x", Kind.CHANGE, Map.of("A", text("9"))))
                        .held())
                .contains("zombie_window");
        assertThat(held(write("k", "x", Kind.CHANGE, Map.of("A", Value.ofNull()))))
                .isTrue();
        assertThat(held(write("k", "z", Kind.CHANGE, ONE))).as("another record").isTrue();
        assertThat(held(write("new", "X ", Kind.ADD, Map.of("A", text("9")))))
                .as("the same record under another key")
                .isTrue();
        assertThat(held(write("k", "x", Kind.REMOVE, Map.of()))).isTrue();
    }

    @Test
    void removalsAreOvertakenToo() {
        LostWrites deletion = new LostWrites(List.of(write("k", "x", Kind.REMOVE, Map.of())), false);
        assertThat(deletion.judged(write("k", "x", Kind.REMOVE, Map.of())).held())
                .isEmpty();
        assertThat(deletion.judged(write("k", "x", Kind.ADD, ONE)).held()).isPresent();
        assertThat(deletion.judged(write("k", "x", Kind.REMOVE, Map.of("A", Value.ofNull())))
                        .held())
                .as("a clear may make the record again")
                .isPresent();
    }

    /** What takes a consent back waits until the one that was can land no more. */
    @Test
    void aWholeIsOvertakenByAllThatItCarries() {
        Map<String, Value> granted = Map.of("Worth", text("1"), "Consent", text("GRANTED"));
        PlannedWrite worth = write("k", "x", Kind.CHANGE, Map.of("Worth", text("2")), granted);
        PlannedWrite denied = write(
                "k",
                "x",
                Kind.CHANGE,
                Map.of("Consent", text("DENIED")),
                Map.of("Worth", text("2"), "Consent", text("GRANTED")));
        LostWrites wholes = new LostWrites(List.of(worth), true);
        assertThat(wholes.judged(denied).held()).contains(LostWrites.REASON);
        assertThat(wholes.judged(write("k", "x", Kind.CHANGE, Map.of("Worth", text("2")), granted))
                        .held())
                .isEmpty();
        assertThat(wholes.judged(write("k", "x", Kind.ADD, Map.of("Worth", text("2"), "Consent", text("GRANTED"))))
                        .held())
                .isEmpty();
        assertThat(wholes.judged(write("k", "x", Kind.ADD, Map.of("Worth", text("2"))))
                        .held())
                .as("what is not mapped any more would come back")
                .isPresent();
        assertThat(wholes.judged(write("k", "x", Kind.CHANGE, Map.of("More", text("3")), granted))
                        .held())
                .as("and what is new would go")
                .isPresent();
        assertThat(new LostWrites(List.of(worth), false).judged(denied).held())
                .as("a record keeps the fields that a change does not carry")
                .isEmpty();
    }

    @Test
    void everyLostRequestCounts() {
        LostWrites two = new LostWrites(
                List.of(
                        write("k", "x", Kind.ADD, Map.of("A", text("1"))),
                        write("k", "x", Kind.CHANGE, Map.of("A", text("2")))),
                false);
        assertThat(two.judged(write("k", "x", Kind.CHANGE, Map.of("A", text("2"))))
                        .held())
                .isPresent();
    }

    @Test
    void aRowThatIsHeldKeepsItsReason() {
        PlannedWrite row = write("k", "z", Kind.ADD, ONE).holdFor("unknown");
        assertThat(lost.judged(row).held()).contains("unknown");
    }

    private boolean held(PlannedWrite write) {
        return lost.judged(write).held().isPresent();
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value decimal(String number) {
        return new Value.Decimal(new BigDecimal(number));
    }

    private static PlannedWrite write(String key, String record, Kind kind, Map<String, Value> fields) {
        return write(key, record, kind, fields, Map.of());
    }

    private static PlannedWrite write(
            String key, String record, Kind kind, Map<String, Value> fields, Map<String, Value> before) {
        return new PlannedWrite(
                0,
                new RowKey("s:" + key),
                kind,
                Cause.MODEL,
                text(record),
                null,
                false,
                fields,
                before,
                Row.EMPTY,
                1L,
                Map.of(),
                Optional.empty());
    }
}
