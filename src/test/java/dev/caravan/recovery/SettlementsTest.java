package dev.caravan.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Planned;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.source.Settlement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettlementsTest {

    private static final String DEFINITION = "fields";

    @Test
    void anAcceptedAddIsStoredAndOursOnlyIfItWasCreated() {
        PlannedWrite row = Planned.row(1, Kind.ADD);

        assertThat(of(row, new Outcome.Accepted("00Q9", true))).isEqualTo(stored(row, "00Q9", true));
        assertThat(of(row, new Outcome.Accepted("00Q9", false))).isEqualTo(stored(row, "00Q9", false));
        assertThat(of(row, new Outcome.Unchanged(null))).isEqualTo(stored(row, null, false));
    }

    @Test
    void anAcceptedChangeKeepsWhatThePlanKnewOfTheRecord() {
        PlannedWrite row = caused(Planned.row(1, Kind.CHANGE), Cause.MODEL, true);

        assertThat(of(row, new Outcome.Accepted(null, false))).isEqualTo(stored(row, "00Q1", true));
    }

    @Test
    void aChangeThatMadeTheRecordAnewIsSentWholeNextTime() {
        PlannedWrite row = Planned.row(1, Kind.CHANGE);

        assertThat(of(row, new Outcome.Accepted("00Q9", true)))
                .isEqualTo(new Settlement.Stored(7, row.key(), "00Q9", true, null, "", row.image(), Map.of(), 3));
    }

    @Test
    void aChangeOfAnUnresolvedKeyCarriedEveryField() {
        PlannedWrite row = caused(Planned.row(1, Kind.CHANGE), Cause.UNKNOWN, false);

        assertThat(of(row, new Outcome.Accepted("00Q9", true))).isEqualTo(stored(row, "00Q9", true));
    }

    @Test
    void whatWasSentAgainForItsAgeCarriedEveryFieldButWhatIsKeptThere() {
        carriedAllBut(Cause.RENEWED);
    }

    /** A guard may have dropped the clear of a field. */
    @Test
    void whatGotAnotherKeyCarriedEveryFieldButWhatIsKeptThere() {
        carriedAllBut(Cause.REKEYED);
    }

    private static void carriedAllBut(Cause cause) {
        PlannedWrite kept = caused(Planned.row(1, Kind.CHANGE), cause, false);
        assertThat(kept.withheld()).isNotEmpty();
        assertThat(of(kept, new Outcome.Accepted("00Q9", true)))
                .isEqualTo(new Settlement.Stored(7, kept.key(), "00Q9", true, null, "", kept.image(), Map.of(), 3));

        PlannedWrite whole = new PlannedWrite(
                kept.ordinal(),
                kept.key(),
                kept.kind(),
                kept.cause(),
                kept.targetKey(),
                kept.remoteId(),
                kept.createdByUs(),
                kept.fields(),
                kept.before(),
                kept.image(),
                kept.rowHash(),
                Map.of(),
                Optional.empty());
        assertThat(of(whole, new Outcome.Accepted("00Q9", true))).isEqualTo(stored(whole, "00Q9", true));
    }

    @Test
    void aRemovalThatIsDoneLeaves() {
        PlannedWrite row = Planned.row(1, Kind.REMOVE);

        assertThat(of(row, new Outcome.Accepted("00Q1", false))).isEqualTo(new Settlement.Left(7, row.key(), true, 3));
        assertThat(of(row, new Outcome.Unchanged(null))).isEqualTo(new Settlement.Left(7, row.key(), true, 3));
    }

    @Test
    void aRecordThatWasClearedIsStillThere() {
        PlannedWrite row = Planned.row(1, Kind.CHANGE);
        PlannedWrite clear = new PlannedWrite(
                1,
                row.key(),
                Kind.REMOVE,
                Cause.REMOVED,
                row.targetKey(),
                "00Q1",
                true,
                Map.of("Email", Value.ofNull()),
                Map.of(),
                Row.EMPTY,
                null,
                Map.of(),
                Optional.empty());

        assertThat(of(clear, new Outcome.Accepted("00Q1", false)))
                .isEqualTo(new Settlement.Left(7, row.key(), false, 3));
        assertThat(of(clear, new Outcome.Unchanged("00Q1")))
                .as("it was gone")
                .isEqualTo(new Settlement.Left(7, row.key(), true, 3));
    }

    @Test
    void anotherRecordThatHasTheKeyByNowIsNotOurs() {
        PlannedWrite row = caused(Planned.row(1, Kind.CHANGE), Cause.MODEL, true);

        assertThat(of(row, new Outcome.Accepted("00Q9", false))).isEqualTo(stored(row, "00Q9", false));
        assertThat(of(row, new Outcome.Accepted("00Q9", true)))
                .isInstanceOfSatisfying(
                        Settlement.Stored.class,
                        made -> assertThat(made.createdByUs()).isTrue());
    }

    private static boolean ours(Cause cause, Kind kind, boolean before, Outcome outcome) {
        PlannedWrite row = caused(Planned.row(1, kind), cause, before);
        return ((Settlement.Stored) of(Action.ADD, row, outcome)).createdByUs();
    }

    /** Invariant I7. Of whom a lost request of ours may have put in, "is a member already" says that it did. */
    @Test
    void aMembershipIsOursThatWeMade() {
        Outcome put = new Outcome.Accepted(null, false);
        Outcome already = new Outcome.Unchanged(null);
        assertThat(ours(Cause.NEW, Kind.ADD, false, put)).isTrue();
        assertThat(ours(Cause.NEW, Kind.ADD, false, already)).isFalse();
        assertThat(ours(Cause.RETURNED, Kind.ADD, false, already)).isFalse();
        assertThat(ours(Cause.UNKNOWN, Kind.ADD, false, already)).isTrue();
        assertThat(ours(Cause.MODEL, Kind.CHANGE, false, put)).isFalse();
        assertThat(ours(Cause.MODEL, Kind.CHANGE, true, put)).isTrue();
        assertThat(ours(Cause.UNKNOWN, Kind.CHANGE, false, already)).isFalse();
        assertThat(((Settlement.Stored) of(caused(Planned.row(1, Kind.ADD), Cause.UNKNOWN, false), already))
                        .createdByUs())
                .as("a record that was there")
                .isFalse();
    }

    @Test
    void whatIsNotAcceptedMovesNoRow() {
        PlannedWrite row = Planned.row(1, Kind.CHANGE);

        assertThat(of(row, new Outcome.Unknown("timeout"))).isEqualTo(new Settlement.Unresolved(7, row.key(), 3));
        assertThat(of(row, new Outcome.Rejected("BAD", null, "", ErrorClass.DATA)))
                .isEqualTo(new Settlement.Nothing(7, row.key()));
        assertThat(of(row, new Outcome.Deferred("busy", Optional.empty())))
                .isEqualTo(new Settlement.Nothing(7, row.key()));
    }

    private static Settlement of(PlannedWrite row, Outcome outcome) {
        return of(Action.UPSERT, row, outcome);
    }

    private static Settlement of(Action action, PlannedWrite row, Outcome outcome) {
        return Settlements.of(new Recorded(7, 3, action, row, outcome, DEFINITION, Planned.NOON));
    }

    private static Settlement stored(PlannedWrite row, String remoteId, boolean ours) {
        return new Settlement.Stored(
                7, row.key(), remoteId, ours, row.rowHash(), DEFINITION, row.image(), row.withheld(), 3);
    }

    private static PlannedWrite caused(PlannedWrite row, Cause cause, boolean ours) {
        return new PlannedWrite(
                row.ordinal(),
                row.key(),
                row.kind(),
                cause,
                row.targetKey(),
                row.remoteId(),
                ours,
                row.fields(),
                row.before(),
                row.image(),
                row.rowHash(),
                row.withheld(),
                row.held());
    }
}
