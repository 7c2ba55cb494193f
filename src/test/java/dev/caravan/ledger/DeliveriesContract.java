package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.DEFINITION;
import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Intents and outcomes: durable, whole, once, in order, and every row in the books (invariants I3, I4, I9, I20). */
public abstract class DeliveriesContract extends LedgerContract {

    @Test
    void outcomesOfEveryKindSurviveReopeningInOrder() {
        Claim.Granted run = planned(6);
        List<Outcome> kinds =
                List.of(CREATED, new Outcome.Unchanged(null), REFUSED, LATER, LOST, new Outcome.Accepted(null, false));
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0, 1, 2, 3, 4, 5));
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            outcomes.add(new RowOutcome(i, kinds.get(i)));
        }
        ledger.complete(run.lease(), batch, outcomes);
        reopen();

        List<Recorded> recorded = after(LEADS, 0);
        assertThat(recorded).extracting(Recorded::outcome).containsExactlyElementsOf(kinds);
        assertThat(recorded).extracting(Recorded::seq).isSorted().doesNotHaveDuplicates();
        assertThat(recorded.getFirst())
                .isEqualTo(new Recorded(
                        recorded.getFirst().seq(),
                        run.run(),
                        Action.UPSERT,
                        Planned.row(0, Kind.ADD),
                        CREATED,
                        DEFINITION,
                        NOON));
    }

    @Test
    void outcomesAfterANumberAreThoseOfTheMappingAlone() {
        Claim.Granted run = planned(4);
        send(run, 0, CREATED);
        Claim.Granted elsewhere = claim(other());
        ledger.addRows(elsewhere.lease(), elsewhere.run(), Planned.rows(0, 1));
        ledger.seal(elsewhere.lease(), Planned.plan(other(), elsewhere.run(), "x", PlanState.OPEN));
        send(elsewhere, 0, CREATED);
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(1, 2, 3));
        ledger.complete(
                run.lease(),
                batch,
                List.of(new RowOutcome(3, CREATED), new RowOutcome(1, LOST), new RowOutcome(2, CREATED)));

        List<Recorded> all = after(LEADS, 0);
        assertThat(all).extracting(r -> r.row().ordinal()).containsExactly(0L, 3L, 1L, 2L);
        assertThat(after(LEADS, all.get(1).seq()))
                .extracting(r -> r.row().ordinal())
                .containsExactly(1L, 2L);
        assertThat(after(LEADS, all.getLast().seq())).isEmpty();
        assertThat(after(other(), 0)).hasSize(1);
    }

    @Test
    void aRowThatTheDestinationDidNotTakeComesWithoutItsValues() {
        Claim.Granted run = planned(4);
        List<Outcome> ends = List.of(new Outcome.Unchanged(null), REFUSED, LATER, LOST);
        for (int i = 0; i < ends.size(); i++) {
            send(run, i, ends.get(i));
        }

        assertThat(after(LEADS, 0))
                .extracting(Recorded::row)
                .containsExactly(
                        Planned.row(0, Kind.ADD),
                        PlannedWrite.bare(1, Planned.key(1), Kind.ADD),
                        PlannedWrite.bare(2, Planned.key(2), Kind.ADD),
                        PlannedWrite.bare(3, Planned.key(3), Kind.ADD));
    }

    @Test
    void onlyAnOpenPlanIsSent() {
        Claim.Granted held = planned(PlanState.HELD, "aa", Planned.rows(0, 2));
        assertProblem(Code.PLAN_NOT_OPEN, () -> ledger.begin(held.lease(), held.run(), Planned.upsert(0)));

        ledger.decide(ledger.heldPlan(LEADS).orElseThrow(), Ruling.APPROVED, by("ada", ""));
        ledger.begin(held.lease(), held.run(), Planned.upsert(0));

        Claim.Granted unsealed = claim(LEADS);
        ledger.addRows(unsealed.lease(), unsealed.run(), Planned.rows(0, 1));
        assertProblem(Code.PLAN_NOT_OPEN, () -> ledger.begin(unsealed.lease(), unsealed.run(), Planned.upsert(0)));
    }

    @Test
    void aRowThatIsHeldInFlightOrAcceptedIsNotSent() {
        Claim.Granted run = planned(
                PlanState.OPEN,
                "aa",
                List.of(Planned.row(0, Kind.ADD), Planned.row(1, Kind.ADD), Planned.heldRow(2, "guard")));
        send(run, 0, CREATED);
        ledger.begin(run.lease(), run.run(), Planned.upsert(1));

        for (long ordinal = 0; ordinal < 4; ordinal++) {
            long row = ordinal;
            assertThatThrownBy(() -> ledger.begin(run.lease(), run.run(), Planned.upsert(row)))
                    .as("row %d", row)
                    .isInstanceOf(RuntimeException.class);
        }
        Claim.Granted next = claim(LEADS);
        assertThat(ledger.openBatches(LEADS, next.run())).hasSize(1);
    }

    @Test
    void aBatchIsAnsweredWholeAndOnce() {
        Claim.Granted run = planned(3);
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0, 1));
        RowOutcome zero = new RowOutcome(0, CREATED);
        RowOutcome one = new RowOutcome(1, CREATED);

        assertThatThrownBy(() -> ledger.complete(run.lease(), batch, List.of(zero)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.complete(run.lease(), batch, List.of(zero, zero)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.complete(run.lease(), batch, List.of(zero, new RowOutcome(2, CREATED))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(after(LEADS, 0)).isEmpty();

        ledger.complete(run.lease(), batch, List.of(zero, one));
        assertThatThrownBy(() -> ledger.complete(run.lease(), batch, List.of(zero, one)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(after(LEADS, 0)).hasSize(2);
    }

    @Test
    void openBatchesOfOlderRunsCarryTheirRowsAndTheirJob() {
        Claim.Granted run = planned(5);
        send(run, 4, CREATED);
        long batch = ledger.begin(run.lease(), run.run(), Planned.job(0, 2));
        ledger.remember(run.lease(), batch, "750A");
        ledger.remember(run.lease(), batch, "750B");
        long plain = ledger.begin(run.lease(), run.run(), Planned.upsert(1));
        reopen();

        assertThat(ledger.openBatches(LEADS, run.run())).isEmpty();
        assertThat(ledger.openBatches(other(), 0)).isEmpty();
        assertThat(ledger.openBatches(LEADS, 0))
                .containsExactly(
                        new OpenBatch(
                                batch,
                                run.run(),
                                Planned.job(0, 2),
                                "750B",
                                List.of(Planned.row(0, Kind.ADD), Planned.row(2, Kind.ADD)),
                                NOON),
                        new OpenBatch(
                                plain, run.run(), Planned.upsert(1), null, List.of(Planned.row(1, Kind.ADD)), NOON));
        assertThat(ledger.unanswered(LEADS, 0))
                .containsExactly(
                        ledger.openBatches(LEADS, 0).getFirst(),
                        new OpenBatch(plain, run.run(), Planned.upsert(), null, List.of(), NOON));
        assertThat(ledger.unanswered(LEADS, run.run())).isEmpty();
    }

    @Test
    void manyBatchesEndTogetherOrNotAtAll() {
        Claim.Granted run = planned(6);
        long one = ledger.begin(run.lease(), run.run(), Planned.upsert(0, 1));
        long two = ledger.begin(run.lease(), run.run(), Planned.job(4, 3));
        long three = ledger.begin(run.lease(), run.run(), Planned.upsert(5));
        ledger.complete(run.lease(), three, List.of(new RowOutcome(5, CREATED)));

        assertThatThrownBy(() -> ledger.completeAll(run.lease(), List.of(one, three), LOST))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.completeAll(run.lease(), List.of(one), CREATED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.openBatches(LEADS, 0)).hasSize(2);

        assertThat(ledger.completeAll(run.lease(), List.of(one, two), LOST)).isEqualTo(4);
        assertThat(ledger.completeAll(run.lease(), List.of(), LOST)).isZero();
        reopen();
        assertThat(ledger.openBatches(LEADS, 0)).isEmpty();
        assertThat(ledger.account(run.run())).isEqualTo(new Accounting(6, 1, 0, 0, 4, 0));
        assertThat(after(LEADS, 0))
                .extracting(recorded -> recorded.row().ordinal(), Recorded::outcome)
                .containsExactly(
                        tuple(5L, CREATED), tuple(0L, LOST), tuple(1L, LOST), tuple(3L, LOST), tuple(4L, LOST));
    }

    @Test
    void everyFinalStateCountsOnceAndTheBooksBalance() {
        Claim.Granted run = planned(
                PlanState.OPEN,
                "aa",
                java.util.stream.Stream.concat(
                                Planned.rows(0, 10).stream(), java.util.stream.Stream.of(Planned.heldRow(10, "guard")))
                        .toList());
        send(run, 0, CREATED);
        send(run, 1, new Outcome.Unchanged("00Q"));
        send(run, 2, REFUSED);
        send(run, 3, LOCKED);
        send(run, 4, LOST);
        send(run, 5, LATER);
        send(run, 6, LATER);
        send(run, 6, CREATED);
        ledger.hold(run.lease(), run.run(), "quota", List.of(7L));
        ledger.begin(run.lease(), run.run(), Planned.upsert(8));

        assertThat(ledger.pending(run.run())).containsExactly(5L, 9L);
        Accounting before = new Accounting(11, 3, 2, 3, 1, 0);
        assertThat(ledger.account(run.run())).isEqualTo(before);
        assertThat(before.balances())
                .as("row 8 is in flight, row 9 was never sent")
                .isFalse();

        Claim.Granted next = claim(LEADS);
        ledger.supersedeUnsent(next.lease(), run.run());
        ledger.supersedeUnsent(next.lease(), run.run());
        assertThat(ledger.account(run.run())).isEqualTo(new Accounting(11, 3, 2, 3, 1, 1));
        OpenBatch open = ledger.openBatches(LEADS, next.run()).getFirst();
        ledger.complete(next.lease(), open.batch(), List.of(new RowOutcome(8, LOST)));
        assertThat(ledger.account(run.run())).isEqualTo(new Accounting(11, 3, 2, 3, 2, 1));
        assertThat(ledger.account(run.run()).balances()).isTrue();
        assertThat(ledger.pending(run.run())).isEmpty();
    }

    @Test
    void rowsOfAPlanThatWaitsOrWasRefusedAreHeld() {
        Claim.Granted run = planned(PlanState.HELD, "aa", Planned.rows(0, 3));
        Accounting held = new Accounting(3, 0, 0, 3, 0, 0);
        assertThat(ledger.account(run.run())).isEqualTo(held);
        ledger.decide(ledger.heldPlan(LEADS).orElseThrow(), Ruling.REJECTED, by("ada", "no"));
        assertThat(ledger.account(run.run())).isEqualTo(held);
    }

    @Test
    void rejectionsStandUntilTheKeyIsAccepted() {
        Claim.Granted run = planned(4);
        send(run, 0, REFUSED);
        send(run, 1, LOCKED);
        send(run, 2, new Outcome.Rejected("DUP", null, "", ErrorClass.CONFLICT));
        reopen();
        String zero = Deliveries.fingerprint(Planned.row(0, Kind.ADD));
        String two = Deliveries.fingerprint(Planned.row(2, Kind.ADD));
        assertThat(ledger.standing(LEADS)).containsExactlyInAnyOrder(zero, two);
        assertThat(ledger.standingCount(LEADS)).isEqualTo(2);
        assertThat(ledger.standing(other())).isEmpty();

        Claim.Granted next =
                planned(PlanState.OPEN, "bb", List.of(Planned.row(0, Kind.CHANGE), Planned.row(2, Kind.CHANGE)));
        send(next, 0, CREATED);
        send(next, 2, REFUSED);
        assertThat(ledger.standing(LEADS)).containsExactly(Deliveries.fingerprint(Planned.row(2, Kind.CHANGE)));
    }

    @Test
    void rejectionsAreLiftedWhenTheSchemaChanges() {
        Claim.Granted run = planned(1);
        ledger.schema(run.lease(), "v1");
        send(run, 0, REFUSED);
        ledger.schema(run.lease(), "v1");
        assertThat(ledger.standingCount(LEADS)).isEqualTo(1);
        ledger.schema(claim(other()).lease(), "v2");
        assertThat(ledger.standingCount(LEADS)).isEqualTo(1);
        ledger.schema(run.lease(), "v2");
        assertThat(ledger.standingCount(LEADS)).isZero();
    }

    @Test
    void unresolvedKeysAreCountedUntilAReset() {
        Claim.Granted run = claim(LEADS);
        assertThat(ledger.unresolvedCount(LEADS)).isZero();
        ledger.unresolved(run.lease(), 3);
        ledger.unresolved(run.lease(), 2);
        reopen();
        assertThat(ledger.unresolvedCount(LEADS)).isEqualTo(2);
        assertThat(ledger.unresolvedCount(other())).isZero();
        claim(LEADS);
        assertProblem(Code.RUN_FENCED, () -> ledger.unresolved(run.lease(), 5));
        ledger.reset(LEADS, by("ada", ""));
        assertThat(ledger.unresolvedCount(LEADS)).isZero();
    }

    @Test
    void historyTellsEverythingSentForAKeyNewestFirst() {
        Claim.Granted first = planned(PlanState.OPEN, "aa", Planned.rows(0, 3));
        send(first, 1, LATER);
        send(first, 1, CREATED);
        Claim.Granted second = planned(PlanState.OPEN, "bb", List.of(Planned.row(1, Kind.CHANGE)));
        ledger.begin(second.lease(), second.run(), Planned.upsert(1));
        reopen();

        Sent unanswered = new Sent(
                second.run(),
                LEADS,
                "0123456789ab",
                "bb",
                Planned.row(1, Kind.CHANGE),
                NOON,
                Optional.empty(),
                Optional.empty());
        List<Sent> byDisplay = ledger.history(Optional.empty(), "k00000001|7", 9);
        assertThat(byDisplay).hasSize(3).startsWith(unanswered);
        assertThat(byDisplay)
                .extracting(Sent::outcome)
                .containsExactly(Optional.empty(), Optional.of(CREATED), Optional.of(LATER));
        assertThat(ledger.history(Optional.of(LEADS), Planned.key(1).encoded(), 9))
                .isEqualTo(byDisplay);
        assertThat(ledger.history(Optional.of(LEADS), "k00000001|7", 1)).containsExactly(unanswered);
        assertThat(ledger.history(Optional.of(other()), "k00000001|7", 9)).isEmpty();
        assertThat(ledger.history(Optional.empty(), "k00000002|7", 9))
                .as("never sent")
                .isEmpty();
    }

    /** How many rows eight threads send; less where each transaction is several round trips. */
    protected int crowd() {
        return 400;
    }

    @Test
    void eightThreadsShareTheLedgerAndNoneSeesAnothersFailure() throws Exception {
        int rows = crowd();
        Claim.Granted run = planned(rows);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (long i = 0; i < rows; i++) {
            long ordinal = i;
            work.add(() -> {
                if (ordinal % 10 == 0) {
                    assertThatThrownBy(() -> ledger.begin(run.lease(), run.run(), Planned.upsert(rows + ordinal)))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> ledger.hold(run.lease(), run.run(), "quota", List.of(rows + ordinal)))
                            .isInstanceOf(IllegalStateException.class);
                }
                send(run, ordinal, CREATED);
                return true;
            });
        }
        Collections.shuffle(work, new java.util.Random(7));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        reopen();

        assertThat(ledger.account(run.run())).isEqualTo(new Accounting(rows, rows, 0, 0, 0, 0));
        assertThat(after(LEADS, 0))
                .extracting(r -> r.row().ordinal())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, rows).boxed().toList());
    }

    @Test
    void aNumberTellsWhoseOutcomeItIs() {
        send(planned(1), 0, CREATED);
        Claim.Granted contacts = claim(other());
        ledger.addRows(contacts.lease(), contacts.run(), Planned.rows(0, 1));
        ledger.seal(contacts.lease(), Planned.plan(other(), contacts.run(), "cc", PlanState.OPEN));
        long first = ledger.lastSeq();
        send(contacts, 0, REFUSED);
        assertThat(ledger.mappingOf(first)).contains(LEADS);
        assertThat(ledger.mappingOf(ledger.lastSeq())).contains(other());
        assertThat(ledger.mappingOf(ledger.lastSeq() + 1)).isEmpty();
        assertThat(ledger.mappingOf(0)).isEmpty();
    }
}
