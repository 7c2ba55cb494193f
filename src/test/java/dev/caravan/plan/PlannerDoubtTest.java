package dev.caravan.plan;

import static dev.caravan.plan.Given.KEY;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.plan.Doubts.Doubt;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.plan.PlannedWrite.Repeat;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is planned for an insert that may or may not have arrived. */
class PlannerDoubtTest {

    private static final Known LOST = new Known(null, false, true, false, "", Map.of(), Row.EMPTY);
    private static final Repeat FIRST = new Repeat(7, 3, Instant.EPOCH);

    private static final Set<String> KEY_COLUMNS = Set.of("id");

    private final Given given = new Given(field("A"));

    PlannerDoubtTest() {
        given.operation = Operation.INSERT;
    }

    private static PlannedWrite frozen() {
        return new PlannedWrite(
                3,
                KEY,
                Kind.ADD,
                Cause.NEW,
                new Value.Text("x"),
                null,
                false,
                mapped("A", 1),
                Map.of(),
                row("a", 1),
                9L,
                Map.of(),
                Optional.empty());
    }

    @Test
    void whatMayBeRepeatedIsRepeatedWordForWord() {
        given.doubts = key -> new Doubt.Again(frozen(), FIRST, new Doubt.Hold("unknown"));
        Planned planned = given.change(row("a", 2), LOST);
        assertThat(planned).isEqualTo(new Planned.Row(frozen().repeated(0, FIRST)));
        PlannedWrite write = ((Planned.Row) planned).write();
        assertThat(write.fields()).as("not what the model says now").isEqualTo(mapped("A", 1));
        assertThat(write.repeats()).contains(FIRST);
        assertThat(given.remove(LOST)).as("also where its row left").isEqualTo(planned);
    }

    @Test
    void whatWasRefusedWhenRepeatedIsNotRepeatedAgain() {
        given.doubts = key -> new Doubt.Again(frozen(), FIRST, new Doubt.Hold("unknown"));
        given.standing = write -> write.fields().equals(mapped("A", 1));
        assertThat(given.change(row("a", 1), LOST)).isEqualTo(new Planned.Standing(KEY));
    }

    /** The rule that refused it may be newer than the first request. */
    @Test
    void aRowThatWasCorrectedSinceIsHeldForAPersonWhoMayLetItGo() {
        given.standing = write -> write.fields().equals(mapped("A", 1));
        given.doubts = key -> new Doubt.Again(frozen(), FIRST, new Doubt.Hold("unknown"));
        assertThat(given.change(row("a", 2), LOST)).isInstanceOfSatisfying(Planned.Row.class, row -> {
            assertThat(row.write().held()).contains("unknown");
            assertThat(row.write().fields()).isEqualTo(mapped("A", 2));
        });
        given.doubts = key -> new Doubt.Again(frozen(), FIRST, new Doubt.Latest());
        assertThat(given.change(row("a", 2), LOST)).isInstanceOfSatisfying(Planned.Row.class, row -> {
            assertThat(row.write().held()).isEmpty();
            assertThat(row.write().repeats()).isEmpty();
            assertThat(row.write().fields()).isEqualTo(mapped("A", 2));
        });
        given.doubts = key -> new Doubt.Again(frozen(), FIRST, drop());
        assertThat(given.change(row("a", 2), LOST)).isEqualTo(dropped());
        assertThat(given.change(row("a", 1), LOST))
                .as("while it is the same, its refusal stands")
                .isEqualTo(new Planned.Standing(KEY));
    }

    @Test
    void whatWasSentInsteadAndRefusedTooStandsAndTheFirstIsNotAskedAboutAgain() {
        given.doubts = key -> new Doubt.Again(frozen(), FIRST, new Doubt.Latest());
        given.standing = write -> write.fields().equals(mapped("A", 2));
        assertThat(given.change(row("a", 2), LOST)).isEqualTo(new Planned.Standing(KEY));
        assertThat(given.change(row("a", 1), LOST)).isEqualTo(new Planned.Row(frozen().repeated(0, FIRST)));
    }

    @Test
    void aRemovalGoesOnWhereTheRepetitionWasRefused() {
        given.doubts = key -> new Doubt.Again(frozen(), FIRST, new Doubt.Hold("unknown"));
        given.standing = write -> write.fields().equals(mapped("A", 1));
        assertThat(given.remove(LOST)).isNotInstanceOf(Planned.Standing.class);
    }

    @Test
    void whatMayNotBeRepeatedIsHeldResentOrDroppedAsTheMappingSays() {
        given.doubts = key -> new Doubt.Hold("unknown");
        assertThat(given.change(row("a", 2), LOST))
                .isInstanceOfSatisfying(
                        Planned.Row.class,
                        held -> assertThat(held.write().held()).contains("unknown"));
        given.doubts = key -> new Doubt.Latest();
        assertThat(given.change(row("a", 2), LOST)).isInstanceOfSatisfying(Planned.Row.class, sent -> {
            assertThat(sent.write().held()).isEmpty();
            assertThat(sent.write().fields()).isEqualTo(mapped("A", 2));
        });
    }

    /** Whatever the model says now was never sent, and of what was sent nobody says that it is there unchanged. */
    @Test
    void whatIsDroppedIsRecordedWithItsKeyAlone() {
        given.doubts = key -> drop();
        assertThat(given.change(row("a", 2), LOST)).isEqualTo(dropped());
        assertThat(given.remove(LOST))
                .as("it is to have an end before it is removed")
                .isEqualTo(dropped());
        PlannedWrite write = ((Planned.Row) dropped()).write();
        assertThat(write.cause()).isEqualTo(Cause.DROPPED);
        assertThat(write.image().values().keySet()).isEqualTo(KEY_COLUMNS);
        assertThat(write.rowHash()).isNull();
        assertThat(write.createdByUs()).isFalse();

        given.doubts = key -> new Doubt.Drop(Optional.empty());
        assertThat(given.change(row("a", 2), LOST)).isInstanceOfSatisfying(Planned.Row.class, row -> {
            assertThat(row.write().cause()).isEqualTo(Cause.DROPPED);
            assertThat(row.write().fields()).isEmpty();
            assertThat(row.write().image().values().keySet()).isEqualTo(KEY_COLUMNS);
        });
        assertThat(given.remove(LOST)).isNotEqualTo(dropped());
    }

    private static Doubt drop() {
        return new Doubt.Drop(Optional.of(new Doubt.Drop.Lost(frozen(), FIRST)));
    }

    private static Planned dropped() {
        return new Planned.Row(frozen().dropped(0, Optional.of(FIRST), KEY_COLUMNS));
    }

    /** What arrived is what was sent, not what the model says now, and it is not ours to delete. */
    @Test
    void whatWasFoundIsPlannedAsItWasSent() {
        given.onRemoved = OnRemoved.DELETE;
        given.doubts = key -> new Doubt.Found(frozen(), FIRST, "r9");
        Planned planned = given.change(row("a", 2), new Known("r1", true, true, false, "", Map.of(), Row.EMPTY));
        assertThat(planned).isInstanceOfSatisfying(Planned.Row.class, found -> {
            assertThat(found.write()).isEqualTo(frozen().found(0, FIRST, "r9"));
            assertThat(found.write().fields()).isEqualTo(mapped("A", 1));
            assertThat(found.write().cause()).isEqualTo(Cause.FOUND);
            assertThat(found.write().remoteId()).isEqualTo("r9");
            assertThat(found.write().createdByUs()).isFalse();
        });
        given.doubts = key -> new Doubt.Found(frozen(), FIRST, "r9");
        assertThat(given.remove(LOST))
                .isInstanceOfSatisfying(
                        Planned.Row.class,
                        found -> assertThat(found.write().cause()).isEqualTo(Cause.FOUND));
    }

    @Test
    void whatIsNotThereIsSentAsItIsNowOrLetGo() {
        given.doubts = key -> new Doubt.Absent();
        assertThat(given.change(row("a", 2), LOST)).isInstanceOfSatisfying(Planned.Row.class, sent -> {
            assertThat(sent.write().held()).isEmpty();
            assertThat(sent.write().fields()).isEqualTo(mapped("A", 2));
        });
        for (OnRemoved removal : OnRemoved.values()) {
            given.onRemoved = removal;
            assertThat(given.remove(LOST)).as("%s", removal).isEqualTo(new Planned.Left(KEY));
        }
        given.doubts = key -> new Doubt.Latest();
        assertThat(given.remove(LOST))
                .as("sent again is not the same as not there")
                .isInstanceOfSatisfying(
                        Planned.Row.class,
                        held -> assertThat(held.write().held()).contains("unknown"));
    }

    @Test
    void upsertsAreNotAsked() {
        given.operation = Operation.UPSERT;
        given.doubts = key -> {
            throw new AssertionError("asked");
        };
        assertThat(given.change(row("a", 2), LOST)).isInstanceOf(Planned.Row.class);
    }

    private static Doubts lost(String ext) {
        PlannedWrite sent = new PlannedWrite(
                3,
                KEY,
                Kind.ADD,
                Cause.NEW,
                new Value.Text(ext),
                null,
                false,
                mapped("A", 1),
                Map.of(),
                row("ext", ext, "a", 1),
                9L,
                Map.of(),
                Optional.empty());
        return new Doubts() {
            @Override
            public Doubt about(RowKey key) {
                return new Doubt.Latest();
            }

            @Override
            public Optional<PlannedWrite> lost(RowKey key) {
                return Optional.of(sent);
            }
        };
    }

    private PlannedWrite planned(Operation operation) {
        given.operation = operation;
        given.keySource = new FieldSource.Column("ext");
        return ((Planned.Row) given.add(row("ext", "new", "a", 2), LOST)).write();
    }

    /** What may be there under the key that was sent would stay beside what the row means now. */
    @Test
    void aRowThatWasLostUnderAnotherKeyIsHeldUnlessNothingWouldBeThereTwice() {
        given.doubts = lost("old");
        assertThat(planned(Operation.UPSERT).held()).contains("rekeyed");
        assertThat(planned(Operation.MIRROR).held()).contains("rekeyed");
        assertThat(planned(Operation.UPDATE).held()).isEmpty();
        given.doubts = lost("new");
        assertThat(planned(Operation.UPSERT).held()).as("the same key").isEmpty();
        assertThat(planned(Operation.UPSERT).cause()).isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void aMemberThatWasLostUnderAnotherKeyIsTakenOutUnderThat() {
        given.doubts = lost("old");
        given.fit = new Fit() {
            @Override
            public Optional<String> misfit(String field, Value value) {
                return Optional.empty();
            }

            @Override
            public boolean members() {
                return true;
            }
        };
        assertThat(planned(Operation.MIRROR)).satisfies(write -> {
            assertThat(write.kind()).isEqualTo(Kind.REMOVE);
            assertThat(write.targetKey()).isEqualTo(new Value.Text("old"));
            assertThat(write.before()).isEqualTo(mapped("A", 1));
        });
    }
}
