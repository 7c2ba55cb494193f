package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Fate.End;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a ledger tells of runs and plans that are over, and that nothing remains of a call it refused. */
public abstract class PastContract extends LedgerContract {

    @Test
    void aHeldPlanHasAFateOnceItWaitsNoMore() {
        Claim.Granted approved = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        assertThat(fate(approved)).as("it waits").isEmpty();
        ledger.decide(plan(approved), Ruling.APPROVED, by("ada", "looked"));
        assertThat(fate(approved)).contains(new Fate(End.APPROVED, Optional.of(by("ada", "looked")), Optional.empty()));
        Claim.Granted run = claim(LEADS);
        ledger.adopt(run.lease(), approved.run(), Planned.plan(LEADS, run.run(), "aa", PlanState.OPEN));
        assertThat(fate(approved).orElseThrow().run()).contains(run.run());

        Claim.Granted rejected = planned(PlanState.HELD, "bb", Planned.rows(0, 1));
        ledger.decide(plan(rejected), Ruling.REJECTED, by("bob", "no"));
        Claim.Granted replaced = planned(PlanState.HELD, "cc", Planned.rows(0, 1));
        Claim.Granted expired = planned(PlanState.HELD, "dd", Planned.rows(0, 1));
        Instant late = NOON.plus(Duration.ofDays(2));
        ledger.expire(late);
        reopen();
        assertThat(fate(rejected)).contains(new Fate(End.REJECTED, Optional.of(by("bob", "no")), Optional.empty()));
        assertThat(fate(replaced)).contains(new Fate(End.SUPERSEDED, Optional.empty(), Optional.empty()));
        assertThat(fate(expired).orElseThrow().end()).isEqualTo(End.EXPIRED);
        assertThat(fate(expired).orElseThrow().decision().orElseThrow().at()).isEqualTo(late);
    }

    @Test
    void ofTwoPlansOfOneHashEachHasTheWordThatWasSpokenOfIt() {
        Claim.Granted first = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        ledger.decide(plan(first), Ruling.REJECTED, new Decision("ada", "not yet", NOON.minusSeconds(1)));
        Claim.Granted second = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        ledger.decide(plan(second), Ruling.APPROVED, by("bob", "now"));

        assertThat(fate(second).orElseThrow().decision()).contains(by("bob", "now"));
        assertThat(ledger.planUpTo(first.run(), "aa")).contains(plan(first));
        assertThat(ledger.planUpTo(second.run() + 9, "aa")).contains(plan(second));
        assertThat(ledger.planUpTo(first.run() - 1, "aa")).isEmpty();
        assertThat(ledger.planUpTo(second.run(), "a")).as("no prefix").isEmpty();
    }

    @Test
    void aHeldRunSaysWhatBecameOfThePlanThatItMet() {
        Claim.Granted maker = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        ledger.record(maker.lease(), ended(maker.run(), RunState.HELD, "aa"));
        Claim.Granted later = claim(LEADS);
        ledger.record(later.lease(), ended(later.run(), RunState.HELD, "aa"));
        assertThat(decided(maker)).isNull();
        assertThat(decided(later)).isNull();

        ledger.decide(plan(maker), Ruling.REJECTED, by("ada", ""));
        assertThat(decided(maker)).isEqualTo("rejected");
        assertThat(decided(later)).isEqualTo("rejected");
        Claim.Granted next = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        assertThat(decided(later)).as("a later plan is not the one it met").isEqualTo("rejected");
        ledger.record(next.lease(), ended(next.run(), RunState.HELD, "aa"));
        ledger.decide(plan(next), Ruling.APPROVED, by("ada", ""));
        ledger.move(next.lease(), plan(next), PlanState.SUPERSEDED);
        assertThat(decided(next)).as("approved, whatever came then").isEqualTo("approved");
        ledger.record(next.lease(), ended(next.run(), RunState.DONE, "aa"));
        assertThat(decided(next)).as("of a run that was not held").isNull();
    }

    @Test
    void refusalsAreCountedByReasonAndListedByRow() {
        Claim.Granted run = planned(8);
        send(run, 5, refused("B", "Email"));
        send(run, 4, refused("B", null));
        send(run, 3, refused("A", null));
        send(run, 1, refused("C", "X"));
        send(run, 0, refused("C", "X"));
        send(run, 2, LOCKED);
        send(run, 2, CREATED);
        send(run, 6, refused("D", null));
        ledger.begin(run.lease(), run.run(), Planned.upsert(6));
        reopen();

        assertThat(ledger.rejections(run.run()))
                .as("the most frequent first; what was sent again since does not count")
                .containsExactly(
                        new Rejection("C", "X", 2),
                        new Rejection("A", null, 1),
                        new Rejection("B", null, 1),
                        new Rejection("B", "Email", 1));
        assertThat(ledger.refused(run.run()))
                .containsExactly(
                        new Refused(shown(0), "C", "X"),
                        new Refused(shown(1), "C", "X"),
                        new Refused(shown(3), "A", null),
                        new Refused(shown(4), "B", null),
                        new Refused(shown(5), "B", "Email"));
        assertThat(ledger.rejections(claim(LEADS).run())).isEmpty();
    }

    @Test
    void theWordsOfARefusalAreToldWhereTheyAreOfNoRow() {
        Claim.Granted run = planned(8);
        send(run, 0, refused("100", null, "there is no such list", ErrorClass.CONFIG));
        send(run, 1, refused("100", null, "there is no such list", ErrorClass.CONFIG));
        send(run, 2, refused("200", null, "ada@example.com may not", ErrorClass.CONFIG));
        send(run, 3, refused("200", null, "bob@example.com may not", ErrorClass.CONFIG));
        send(run, 4, refused("300", null, "carol@example.com may not", ErrorClass.CONFIG));
        send(run, 5, refused("400", null, "dave@example.com is taken", ErrorClass.CONFLICT));
        send(run, 6, refused("400", null, "dave@example.com is taken", ErrorClass.CONFLICT));
        reopen();

        assertThat(ledger.rejections(run.run()))
                .containsExactly(
                        new Rejection("100", null, 2, Optional.of("there is no such list")),
                        new Rejection("200", null, 2),
                        new Rejection("400", null, 2),
                        new Rejection("300", null, 1));
    }

    @Test
    void rowsThatAreHeldAreCountedByReason() {
        Claim.Granted run = planned(8);
        ledger.hold(run.lease(), run.run(), "paused", List.of(0L, 1L));
        send(run, 2, new Outcome.Deferred("busy", Optional.empty()));
        ledger.hold(run.lease(), run.run(), "paused", List.of(2L));
        send(run, 3, new Outcome.Deferred("busy", Optional.empty()));
        send(run, 3, CREATED);
        send(run, 4, new Outcome.Unknown("timeout"));
        ledger.begin(run.lease(), run.run(), Planned.upsert(5));
        reopen();
        assertThat(ledger.heldBy(run.run()))
                .as("as the books have it: by the last answer, else by who holds it")
                .containsExactly(entry("paused", 2L), entry("busy", 1L));
        assertThat(ledger.account(run.run()).held()).isEqualTo(3);
        assertThat(ledger.openRows(LEADS, 0)).isEqualTo(1);
        assertThat(ledger.openRows(LEADS, run.run())).isZero();
    }

    @Test
    void momentsAreKeptToTheMicrosecond() {
        Instant fine = NOON.plusNanos(789);
        Claim.Granted run = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        ledger.decide(plan(run), Ruling.APPROVED, new Decision("ada", "", fine));
        assertThat(ledger.audit(1)).extracting(AuditEntry::at).containsExactly(NOON);
        send(run, 0, new Outcome.Deferred("busy", Optional.of(fine)));
        assertThat(after(LEADS, 0))
                .extracting(Recorded::outcome)
                .containsExactly(new Outcome.Deferred("busy", Optional.of(NOON)));
        assertThat(ledger.claim(LEADS, dev.caravan.run.Trigger.SCHEDULE, Optional.of(fine), List.of()))
                .isInstanceOf(Claim.Granted.class);
        assertThat(ledger.claim(LEADS, dev.caravan.run.Trigger.SCHEDULE, Optional.of(NOON), List.of()))
                .isEqualTo(new Claim.AlreadyFired());
    }

    @Test
    void nothingRemainsOfWhatIsRefused() {
        Claim.Granted run = planned(
                PlanState.OPEN,
                "aa",
                List.of(Planned.row(0, Kind.ADD), Planned.heldRow(1, "guard"), Planned.row(2, Kind.ADD)));
        assertThatThrownBy(() -> ledger.begin(run.lease(), run.run(), Planned.upsert(0, 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.begin(run.lease(), run.run(), Planned.upsert(0, 0)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.pending(run.run())).containsExactly(0L, 2L);
        assertThat(ledger.openBatches(LEADS, 0)).isEmpty();
        assertThat(ledger.target(LEADS)).isEmpty();

        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0, 2));
        assertThatThrownBy(() -> ledger.complete(
                        run.lease(), batch, List.of(new RowOutcome(0, CREATED), new RowOutcome(1, CREATED))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.lastSeq()).isZero();
        assertThat(ledger.standing(LEADS)).isEmpty();

        Claim.Granted next = claim(LEADS);
        ledger.addRows(next.lease(), next.run(), Planned.rows(0, 1));
        assertThatThrownBy(() -> ledger.addRows(
                        next.lease(), next.run(), List.of(Planned.row(1, Kind.ADD), Planned.row(0, Kind.CHANGE))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows(next.run())).containsExactlyElementsOf(Planned.rows(0, 1));
        assertThatThrownBy(() -> ledger.hold(next.lease(), next.run(), "quota", List.of(0L, 7L)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.pending(next.run())).containsExactly(0L);
    }

    private static Outcome refused(String code, @Nullable String field) {
        return refused(code, field, "no", ErrorClass.DATA);
    }

    private static Outcome refused(String code, @Nullable String field, String words, ErrorClass about) {
        return new Outcome.Rejected(code, field, words, about);
    }

    private static String shown(long ordinal) {
        return Planned.row(ordinal, Kind.ADD).shownKey();
    }

    private Plan plan(Claim.Granted run) {
        return ledger.planOfRun(run.run()).orElseThrow();
    }

    private Optional<Fate> fate(Claim.Granted run) {
        return ledger.fate(plan(run));
    }

    private @Nullable String decided(Claim.Granted run) {
        return ledger.run(run.run()).orElseThrow().decided();
    }

    private Run ended(long id, RunState state, String plan) {
        Run run = ledger.run(id).orElseThrow();
        return new Run(
                id,
                run.mapping(),
                run.epoch(),
                run.trigger(),
                state,
                run.started(),
                NOON,
                0,
                0,
                0,
                0,
                0,
                Accounting.NONE,
                0,
                plan,
                List.of(),
                null);
    }
}
