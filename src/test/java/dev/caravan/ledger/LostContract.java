package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which requests may still land: those whose end nobody knows, whatever became of later ones of the key (invariant I8). */
public abstract class LostContract extends LedgerContract {

    private static final Instant BEFORE = NOON.minusSeconds(1);
    /** How long after its intent a request may leave at the most. */
    private static final Duration SENDING = Duration.ofHours(1);

    @Test
    void anUnknownEndIsLostWhateverWasAcceptedSince() {
        Claim.Granted run = planned(4);
        send(run, 0, LOST);
        send(run, 1, LOST);
        send(run, 1, CREATED);
        send(run, 2, LOST);
        send(run, 2, LOST);
        send(run, 2, LATER);
        send(run, 3, REFUSED);
        reopen();
        assertThat(lost(BEFORE)).containsExactly(0L, 1L, 2L);
        assertThat(lost(NOON)).as("at that moment, not after it").isEmpty();
        assertThat(ledger.lost(other(), BEFORE)).isEmpty();

        Claim.Granted next = planned(PlanState.OPEN, "next", Planned.rows(0, 3));
        send(next, 0, REFUSED);
        send(next, 2, new Outcome.Unchanged(null));
        assertThat(lost(BEFORE))
                .as("an answer says nothing of the request before")
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatALaterProcessFoundMayHaveLeftLongAfterItsIntent() {
        Claim.Granted killed = planned(1);
        long batch = ledger.begin(killed.lease(), killed.run(), Planned.upsert(0));
        assertThat(lost(BEFORE)).as("it has no end yet").isEmpty();
        Claim.Granted recovery = claim(LEADS);
        laterOn(Duration.ofHours(2));
        ledger.complete(recovery.lease(), batch, List.of(new RowOutcome(0, LOST)));
        assertThat(lost(NOON.plus(SENDING).minusSeconds(1))).containsExactly(0L);
        assertThat(lost(NOON.plus(SENDING))).as("but not for hours").isEmpty();
    }

    @Test
    void whatALaterProcessFoundDidNotLeaveAfterThat() {
        Claim.Granted killed = planned(1);
        long batch = ledger.begin(killed.lease(), killed.run(), Planned.upsert(0));
        Claim.Granted recovery = claim(LEADS);
        ledger.complete(recovery.lease(), batch, List.of(new RowOutcome(0, LOST)));
        assertThat(lost(BEFORE)).containsExactly(0L);
        assertThat(lost(NOON)).isEmpty();
    }

    @Test
    void whatItsOwnProcessGaveUpMayHaveLeftJustBefore() {
        Claim.Granted run = planned(1);
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0));
        laterOn(Duration.ofHours(2));
        ledger.complete(run.lease(), batch, List.of(new RowOutcome(0, LOST)));
        assertThat(lost(NOON)).containsExactly(0L);
    }

    @Test
    void aKeyIsInDoubtUntilItsRequestHasAnEnd() {
        Claim.Granted run = planned(8);
        send(run, 0, new Outcome.Unknown("reset"));
        IntStream.of(0, 6, 7).forEach(row -> send(run, row, LOST));
        send(run, 1, LOST);
        send(run, 1, CREATED);
        send(run, 2, CREATED);
        send(run, 3, LOST);
        send(run, 4, LOST);
        send(run, 5, REFUSED);
        Stream<PlannedWrite> others =
                Stream.of(Planned.row(6, PlannedWrite.Kind.CHANGE), Planned.row(7, PlannedWrite.Kind.REMOVE));
        Claim.Granted next = planned(
                PlanState.OPEN,
                "next",
                Stream.concat(Planned.rows(3, 6).stream(), others).toList());
        send(next, 6, REFUSED);
        send(next, 7, REFUSED);
        send(next, 3, LATER);
        send(next, 4, REFUSED);
        send(next, 5, LOST);
        send(next, 5, new Outcome.Rejected("RULE", null, "no", Outcome.ErrorClass.POLICY));
        reopen();
        assertThat(ledger.doubts(LEADS))
                .as(
                        "what was deferred or refused since tells of the one before only if it is the same and its content is bad")
                .extracting(doubt -> doubt.row().ordinal())
                .containsExactly(0L, 7L, 3L, 5L);
        assertThat(ledger.unended(LEADS).refuted())
                .as("of these alone it is known that nothing arrived, of an add also where it came back as a change")
                .containsExactlyInAnyOrder(Planned.key(4), Planned.key(6));
        assertThat(ledger.doubts(LEADS))
                .isEqualTo(ledger.unended(LEADS).doubts())
                .startsWith(timedOut(run.run(), 0));
        assertThat(ledger.doubts(LEADS).getLast().run()).isEqualTo(next.run());
        assertThat(ledger.doubts(other())).isEmpty();
        ledger.reset(LEADS, new Decisions.Decision("ann", "", NOON));
        assertThat(ledger.doubts(LEADS)).as("a fresh start").isEmpty();
        assertThat(ledger.unended(LEADS).refuted()).isEmpty();
    }

    private static Deliveries.Doubt timedOut(long run, int ordinal) {
        PlannedWrite row = Planned.rows(ordinal, ordinal + 1).getFirst();
        return new Deliveries.Doubt(run, row, Planned.DEFINITION, NOON, "timeout", Optional.empty());
    }

    @Test
    void whatWasFoundIsRecordedWithoutEverBeingOnItsWay() {
        Claim.Granted run = planned(3);
        send(run, 0, LOST);
        List<RowOutcome> found = List.of(
                new RowOutcome(0, new Outcome.Unchanged("00Q0")), new RowOutcome(1, new Outcome.Unchanged(null)));
        assertThatThrownBy(() -> ledger.found(run.lease(), run.run(), Planned.upsert(0, 1, 2), found))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        ledger.found(run.lease(), run.run(), Planned.upsert(2), List.of(new RowOutcome(2, CREATED))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.openBatches(LEADS, 0)).isEmpty();

        ledger.found(run.lease(), run.run(), Planned.upsert(0, 1), found);
        assertThat(ledger.openBatches(LEADS, 0)).isEmpty();
        assertThat(ledger.doubts(LEADS)).isEmpty();
        assertThat(ledger.pending(run.run())).containsExactly(2L);
        assertThat(after(LEADS, 0)).extracting(Recorded::outcome).contains(new Outcome.Unchanged("00Q0"));
        assertThatThrownBy(() -> ledger.found(run.lease(), run.run(), Planned.upsert(0, 1), found))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWordIsOfADoubtAsItIsAndOfNoLaterOne() {
        Claim.Granted run = planned(4);
        for (long ordinal : List.of(0L, 1L, 2L)) {
            send(run, ordinal, LOST);
        }
        send(run, 3, CREATED);
        Set<RowKey> some = Set.of(Planned.key(0), Planned.key(1), Planned.key(3), Planned.key(9));
        assertThat(ledger.say(LEADS, some, OnUnknown.DROP, by("ada", "looked"))).isEqualTo(2);
        assertThat(ledger.say(LEADS, Set.of(Planned.key(1)), OnUnknown.RESEND, by("ada", "looked again")))
                .isEqualTo(1);
        assertThat(ledger.say(LEADS, Set.of(Planned.key(3)), OnUnknown.DROP, by("ada", "")))
                .as("it is in no doubt")
                .isZero();
        assertThat(ledger.say(other(), some, OnUnknown.DROP, by("ada", ""))).isZero();
        reopen();
        assertThat(words())
                .containsExactly(Optional.of(OnUnknown.DROP), Optional.of(OnUnknown.RESEND), Optional.empty());
        assertThat(ledger.history(Optional.of(LEADS), Planned.key(1).encoded(), 9))
                .as("who said it last, and why, is told with what was sent")
                .extracting(Sent::said)
                .containsExactly(Optional.of(new Said(OnUnknown.RESEND, by("ada", "looked again"))));
        assertThat(ledger.history(Optional.of(LEADS), Planned.key(2).encoded(), 9))
                .extracting(Sent::said)
                .containsExactly(Optional.empty());
        assertThat(ledger.audit(9))
                .containsExactly(
                        new AuditEntry(2, NOON, "ada", "replay", "growth/leads: 1 unknown, resend", "looked again"),
                        new AuditEntry(1, NOON, "ada", "replay", "growth/leads: 2 unknown, drop", "looked"));

        send(run, 0, LATER);
        send(run, 1, LOST);
        assertThat(words())
                .as("what was put off is the same doubt still")
                .containsExactlyInAnyOrder(Optional.of(OnUnknown.DROP), Optional.empty(), Optional.empty());
    }

    private List<Optional<OnUnknown>> words() {
        return ledger.doubts(LEADS).stream().map(Deliveries.Doubt::word).toList();
    }

    /** What a reset gives up may have left just before, whatever the clock says of whoever asked for it. */
    @Test
    void aResetGivesUpItsRequestsAtTheLedgersOwnTime() {
        Claim.Granted run = planned(1);
        ledger.begin(run.lease(), run.run(), Planned.upsert(0));
        laterOn(Duration.ofHours(1).minusSeconds(1));
        ledger.reset(LEADS, by("ada", "her clock is behind"));
        assertThat(lost(NOON.plus(Duration.ofMinutes(50)))).containsExactly(0L);
    }

    /** Opens the ledger with a clock that stands so much later than {@link Planned#NOON}. */
    protected abstract void laterOn(Duration time);

    private List<Long> lost(Instant since) {
        return ledger.lost(LEADS, since).stream().map(PlannedWrite::ordinal).toList();
    }
}
