package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.guard.Verdict;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Leases, scheduled fires, runs, and that a fenced run commits nothing (invariant I10). */
public abstract class RunsContract extends LedgerContract {

    @Test
    void everyClaimHasTheNextEpochAndTheNextRun() {
        Claim.Granted first = claim(LEADS);
        Claim.Granted elsewhere = claim(other());
        Claim.Granted second = claim(LEADS);

        assertThat(first.lease()).isEqualTo(new Lease(LEADS, 1));
        assertThat(elsewhere.lease()).isEqualTo(new Lease(other(), 1));
        assertThat(second.lease()).isEqualTo(new Lease(LEADS, 2));
        assertThat(List.of(first.run(), elsewhere.run(), second.run()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aRunThatThisProcessExecutesStandsInTheWayAndADeadOneDoesNot() {
        Claim.Granted first = claim(LEADS);

        assertThat(ledger.claim(LEADS, Trigger.SCHEDULE, Optional.empty(), List.of(first.run())))
                .isEqualTo(new Claim.Busy(first.run(), NOON));
        assertThat(ledger.claim(LEADS, Trigger.SCHEDULE, Optional.empty(), List.of(first.run() + 1)))
                .isInstanceOf(Claim.Granted.class);
    }

    @Test
    void aFireIsClaimedOnceEvenAfterReopening() {
        Optional<Instant> fire = Optional.of(NOON);
        Claim.Granted run = (Claim.Granted) ledger.claim(LEADS, Trigger.SCHEDULE, fire, List.of());
        reopen();

        assertThat(ledger.claim(LEADS, Trigger.SCHEDULE, fire, List.of())).isEqualTo(new Claim.AlreadyFired());
        assertThat(ledger.claim(other(), Trigger.SCHEDULE, fire, List.of())).isInstanceOf(Claim.Granted.class);
        assertThat(ledger.claim(LEADS, Trigger.SCHEDULE, Optional.of(NOON.plusSeconds(1)), List.of()))
                .isInstanceOf(Claim.Granted.class);
        assertThat(ledger.run(run.run()).orElseThrow().trigger()).isEqualTo(Trigger.SCHEDULE);
    }

    @Test
    void aBusyMappingLeavesTheFireUnclaimed() {
        Optional<Instant> fire = Optional.of(NOON);
        Claim.Granted going = claim(LEADS);

        assertThat(ledger.claim(LEADS, Trigger.SCHEDULE, fire, List.of(going.run())))
                .isInstanceOf(Claim.Busy.class);
        assertThat(ledger.claim(LEADS, Trigger.SCHEDULE, fire, List.of())).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void aRecordedRunIsReadBackAsItWas() {
        Claim.Granted claimed = claim(LEADS);
        Run run = ledger.run(claimed.run()).orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        assertThat(run.started()).isEqualTo(NOON);

        Run done = new Run(
                run.id(),
                LEADS,
                run.epoch(),
                run.trigger(),
                RunState.FAILED,
                run.started(),
                NOON.plusSeconds(5),
                100,
                3,
                10,
                20,
                30,
                new Accounting(60, 50, 4, 3, 2, 1),
                7,
                "abc",
                List.of(new Verdict.Allowed("empty_read", "100 rows"), new Verdict.Held("max_removed", "30 of 10")),
                "lost [run.fenced]");
        ledger.record(claimed.lease(), done);
        reopen();

        assertThat(ledger.run(run.id())).contains(done);
        assertThat(ledger.run(99)).isEmpty();
    }

    @Test
    void runsAreListedNewestFirstAndUnfinishedOldestFirst() {
        long first = claim(LEADS).run();
        long elsewhere = claim(other()).run();
        Claim.Granted second = claim(LEADS);
        ledger.record(second.lease(), ended(second.run(), RunState.DONE));
        long third = claim(LEADS).run();

        assertThat(ledger.runs(Optional.of(LEADS), 2)).extracting(Run::id).containsExactly(third, second.run());
        assertThat(ledger.runs(Optional.empty(), 9))
                .extracting(Run::id)
                .containsExactly(third, second.run(), elsewhere, first);
        assertThat(ledger.unfinished(LEADS, third)).extracting(Run::id).containsExactly(first);
        assertThat(ledger.unfinished(LEADS, -1)).extracting(Run::id).containsExactly(first, third);
    }

    @Test
    void theLastRunBeforeAMomentIsOneOfTheMapping() {
        claim(LEADS);
        long second = claim(LEADS).run();
        long elsewhere = claim(other()).run();

        assertThat(ledger.lastRunBefore(LEADS, NOON)).as("they began at noon").isEmpty();
        assertThat(ledger.lastRunBefore(LEADS, NOON.plusMillis(1))).contains(second);
        assertThat(ledger.lastRunBefore(other(), NOON.plusMillis(1))).contains(elsewhere);
        reopen();
        assertThat(ledger.lastRunBefore(LEADS, NOON.plusSeconds(90))).contains(second);
    }

    @Test
    void aNewerEpochFencesEveryTransactionOfTheOldRun() {
        Claim.Granted old = planned(3);
        long batch = ledger.begin(old.lease(), old.run(), Planned.job(0));
        claim(LEADS);

        assertProblem(Code.RUN_FENCED, () -> ledger.record(old.lease(), ended(old.run(), RunState.DONE)));
        assertProblem(Code.RUN_FENCED, () -> ledger.addRows(old.lease(), old.run(), Planned.rows(3, 4)));
        assertProblem(Code.RUN_FENCED, () -> ledger.dropRows(old.lease(), old.run()));
        assertProblem(
                Code.RUN_FENCED,
                () -> ledger.seal(old.lease(), Planned.plan(LEADS, old.run(), "x", dev.caravan.plan.PlanState.OPEN)));
        assertProblem(Code.RUN_FENCED, () -> ledger.begin(old.lease(), old.run(), Planned.upsert(1)));
        assertProblem(Code.RUN_FENCED, () -> ledger.remember(old.lease(), batch, "750"));
        assertProblem(
                Code.RUN_FENCED,
                () -> ledger.complete(old.lease(), batch, List.of(new Deliveries.RowOutcome(0, CREATED))));
        assertProblem(Code.RUN_FENCED, () -> ledger.hold(old.lease(), old.run(), "quota", List.of(2L)));
        assertProblem(Code.RUN_FENCED, () -> ledger.supersedeUnsent(old.lease(), old.run()));
        assertThat(after(LEADS, 0)).isEmpty();
        assertThat(ledger.run(old.run()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
        assertThat(ledger.account(old.run())).isEqualTo(new Accounting(3, 0, 0, 0, 0, 0));
    }

    @Test
    void aRunBelongsToItsMapping() {
        Claim.Granted mine = claim(LEADS);
        Claim.Granted theirs = claim(other());

        assertThatThrownBy(() -> ledger.addRows(mine.lease(), theirs.run(), Planned.rows(0, 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows(theirs.run())).isEmpty();
    }

    private Run ended(long id, RunState state) {
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
                null,
                List.of(),
                null);
    }
}
