package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Upkeep.Forgotten;
import dev.caravan.ledger.Upkeep.Inspection;
import dev.caravan.ledger.Upkeep.Mark;
import dev.caravan.ledger.Upkeep.Swept;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanHash;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Code;
import dev.caravan.recovery.ClosedRun;
import dev.caravan.row.RowKey;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What upkeep lets go, erases and forgets, what it leaves whatever the age, and that it sees what cannot be right. */
public abstract class UpkeepContract extends LedgerContract {

    /** Everything is older than this. */
    private static final Instant LATER = NOON.plus(Duration.ofDays(99));

    protected abstract Upkeep upkeep();

    @Test
    void oldRowsGoAndTheLastAcceptanceOfEachKeyStays() {
        Claim.Granted first = delivered(3, CREATED);
        Claim.Granted second = delivered(2, new Outcome.Unchanged("00Q2"));
        Claim.Granted newest = delivered(1, CREATED);

        assertThat(prune(ledger.lastSeq(), NOON)).as("not older").isZero();
        assertThat(prune(ledger.lastSeq(), LATER)).isEqualTo(3);
        assertThat(prune(ledger.lastSeq(), LATER)).as("nothing is left to do").isZero();
        reopen();

        assertThat(ordinals(first)).containsExactly(2L);
        assertThat(ordinals(second)).containsExactly(1L);
        assertThat(ordinals(newest)).containsExactly(0L);
        assertThat(history(2)).extracting(Sent::run).containsExactly(first.run());
        assertThat(history(1)).extracting(Sent::run).containsExactly(second.run());
        assertThat(history(0)).extracting(Sent::run).containsExactly(newest.run());
        assertThat(ledger.run(first.run()).orElseThrow().accounting().accepted())
                .as("the books stay as they were closed")
                .isEqualTo(3);
        assertThat(ledger.lastSeq()).isEqualTo(6);
        assertThat(ledger.target(LEADS)).isPresent();
        assertThat(wrong()).isEmpty();

        Claim.Granted next = planned(PlanState.OPEN, "next", Planned.rows(0, 1));
        send(next, 0, CREATED);
        assertThat(after(LEADS, 6)).extracting(Recorded::seq).containsExactly(7L);
    }

    @Test
    void whatTheSnapshotHasNotTakenUpIsKept() {
        Claim.Granted first = delivered(2, CREATED);
        delivered(2, CREATED);
        delivered(1, CREATED);

        assertThat(prune(1, LATER)).as("outcome 2 is not in the snapshot").isZero();
        assertThat(erase(1, LATER)).isZero();
        assertThat(after(LEADS, 1)).hasSize(4);
        assertThat(prune(2, LATER)).isEqualTo(2);
        assertThat(ordinals(first)).isEmpty();
        assertThat(after(LEADS, 2)).hasSize(3);
    }

    @Test
    void aSnapshotThatIsOlderThanWhatIsLeftIsSaidToBeLost() {
        delivered(2, CREATED);
        delivered(2, CREATED);
        delivered(1, CREATED);
        prune(ledger.lastSeq(), LATER);

        assertProblem(Code.SNAPSHOT_LOST, () -> after(LEADS, 0));
        assertProblem(Code.SNAPSHOT_LOST, () -> after(LEADS, 1));
        assertThat(after(LEADS, 5)).isEmpty();
        assertThat(after(other(), 0)).isEmpty();

        ledger.reset(LEADS, by("ada", "lost"));
        reopen();
        assertThat(after(LEADS, 0)).as("a fresh start needs none of it").isEmpty();
    }

    @Test
    void whatIsStillToBeDecidedOrAnsweredIsKept() {
        Claim.Granted unanswered = planned(PlanState.OPEN, "open", Planned.rows(0, 2));
        send(unanswered, 0, CREATED);
        ledger.begin(unanswered.lease(), unanswered.run(), Planned.upsert(1));
        end(unanswered, RunState.INTERRUPTED);
        Claim.Granted lost = planned(PlanState.OPEN, "lost", Planned.rows(2, 4));
        send(lost, 2, LOST);
        send(lost, 3, LOST);
        end(lost, RunState.DONE);
        Claim.Granted standing = planned(PlanState.OPEN, "standing", Planned.rows(4, 6));
        send(standing, 4, REFUSED);
        send(standing, 5, LOCKED);
        end(standing, RunState.DONE);
        Claim.Granted running = planned(PlanState.OPEN, "running", Planned.rows(6, 7));
        Claim.Granted held = planned(PlanState.HELD, "held", Planned.rows(7, 8));
        end(held, RunState.HELD);
        Claim.Granted last = planned(PlanState.OPEN, "last", Planned.rows(3, 4));
        send(last, 3, CREATED);
        end(last, RunState.DONE);
        Claim.Granted newest = planned(PlanState.DELIVERED, "newest", Planned.rows(8, 9));
        end(newest, RunState.DONE);

        assertThat(prune(ledger.lastSeq(), LATER)).isEqualTo(3);
        assertThat(ordinals(unanswered)).containsExactly(0L, 1L);
        assertThat(ordinals(lost)).as("3 was accepted later").containsExactly(2L);
        assertThat(ordinals(standing)).as("5 may come back by itself").containsExactly(4L);
        assertThat(ordinals(running)).containsExactly(6L);
        assertThat(ordinals(held)).as("sealing another plan superseded it").isEmpty();
        assertThat(ordinals(newest)).containsExactly(8L);
        assertThat(ledger.standing(LEADS)).hasSize(1);
        assertThat(ledger.openBatches(LEADS, 0)).hasSize(1);
        assertThat(ledger.lost(LEADS, NOON.minusSeconds(1)))
                .extracting(PlannedWrite::ordinal)
                .containsExactly(2L);
    }

    @Test
    void aPlanThatWaitsIsKeptWhole() {
        Claim.Granted held = planned(PlanState.HELD, "held", Planned.rows(0, 3));
        end(held, RunState.HELD);
        assertThat(prune(0, LATER)).isZero();
        assertThat(erase(0, LATER)).isZero();
        assertThat(rows(held.run())).isEqualTo(Planned.rows(0, 3));
    }

    @Test
    void aRemovalGoesOnceItsValuesAreErased() {
        delivered(1, CREATED);
        Claim.Granted removal = planned(PlanState.OPEN, "gone", List.of(Planned.row(0, Kind.REMOVE)));
        send(removal, 0, new Outcome.Accepted(null, false));
        end(removal, RunState.DONE);
        Claim.Granted newest = planned(PlanState.OPEN, "newest", Planned.rows(1, 2));
        send(newest, 1, CREATED);
        end(newest, RunState.DONE);

        assertThat(prune(ledger.lastSeq(), LATER)).isEqualTo(1);
        assertThat(history(0)).hasSize(1);
        erase(ledger.lastSeq(), LATER);
        assertThat(prune(ledger.lastSeq(), LATER)).isEqualTo(1);
        assertThat(history(0)).isEmpty();
        assertThat(history(1)).as("what is there goes on being explained").hasSize(1);
    }

    @Test
    void erasedValuesAreGoneAndAllElseStays() {
        Claim.Granted run = planned(PlanState.OPEN, "aa", Planned.rows(0, 3));
        send(run, 0, CREATED);
        send(run, 1, REFUSED);
        send(run, 2, LOST);
        end(run, RunState.DONE);

        assertThat(erase(ledger.lastSeq(), LATER)).isEqualTo(2);
        assertThat(erase(ledger.lastSeq(), LATER)).isZero();
        reopen();
        Sent sent = history(0).getFirst();
        assertThat(sent.erased()).contains(NOON);
        assertThat(sent.outcome()).contains(CREATED);
        assertThat(sent.row().fields()).isEmpty();
        assertThat(sent.row().before()).isEmpty();
        assertThat(sent.row().image().values()).isEmpty();
        assertThat(sent.row().targetKey().isNull()).isTrue();
        assertThat(history(1).getFirst().outcome().orElseThrow())
                .isEqualTo(new Outcome.Rejected("BAD", "Email", "", Outcome.ErrorClass.DATA));
        assertThat(history(2).getFirst().row())
                .as("an unresolved row may have to be sent again as it was")
                .isEqualTo(Planned.rows(2, 3).getFirst());
        assertThat(ledger.planOfRun(run.run()).orElseThrow().summary().samples())
                .isEmpty();
        assertThat(ledger.account(run.run()).balances()).isTrue();
        assertThat(ledger.standing(LEADS)).hasSize(1);
        assertProblem(Code.SNAPSHOT_LOST, () -> after(LEADS, 0));
        assertThat(wrong()).isEmpty();
    }

    @Test
    void aForgottenKeyIsNowhere() {
        Claim.Granted run = planned(PlanState.OPEN, "aa", Planned.rows(0, 2));
        send(run, 0, REFUSED);
        send(run, 1, CREATED);
        end(run, RunState.DONE);
        Claim.Granted held = planned(PlanState.HELD, "bb", Planned.rows(0, 2));
        end(held, RunState.HELD);
        Set<RowKey> keys = upkeep().keys(LEADS, key -> key.display().equals("k00000000|7"));
        assertThat(keys).containsExactly(Planned.key(0));

        Forgotten forgotten = upkeep().forget(LEADS, Planned.key(0), by("ada", "asked to"));
        reopen();
        assertThat(forgotten.rows()).isEqualTo(2);
        assertThat(history(0)).isEmpty();
        assertThat(ledger.standing(LEADS)).isEmpty();
        assertThat(ledger.heldPlan(LEADS)).as("it was not what is there now").isEmpty();
        assertThat(upkeep().keys(LEADS, key -> true)).containsExactly(Planned.key(1));
        List<Sent> left = ledger.history(Optional.of(LEADS), forgotten.token(), 9);
        assertThat(left).hasSize(1);
        assertThat(left.getFirst().outcome().orElseThrow())
                .isEqualTo(new Outcome.Rejected("BAD", "Email", "", Outcome.ErrorClass.DATA));
        assertThat(left.getFirst().row().fields()).isEmpty();
        assertThat(ledger.account(run.run()).rejected()).isEqualTo(1);
        assertThat(after(LEADS, 0)).as("no snapshot takes it up again").hasSize(1);
        assertThat(ledger.audit(1))
                .containsExactly(new AuditEntry(1, NOON, "ada", "forget", LEADS + " " + forgotten.token(), "asked to"));
        assertThat(forgotten.token()).startsWith("forgotten-").doesNotContain("k00000000");
        assertThat(history(1)).hasSize(1);
        assertThat(wrong()).isEmpty();
        Claim.Granted next = planned(PlanState.OPEN, "cc", Planned.rows(2, 3));
        send(next, 2, CREATED);
        end(next, RunState.DONE);
        assertThat(prune(ledger.lastSeq(), LATER))
                .as("what stays goes in its time, with the plan that was superseded")
                .isEqualTo(3);
        assertThat(ledger.history(Optional.of(LEADS), forgotten.token(), 9)).isEmpty();
        assertThat(ordinals(run)).containsExactly(1L);
    }

    @Test
    void aKeyThatCameBackIsForgottenAgainUnderTheSameName() {
        delivered(1, CREATED);
        Forgotten first = upkeep().forget(LEADS, Planned.key(0), by("ada", ""));
        delivered(1, CREATED);
        Forgotten second = upkeep().forget(LEADS, Planned.key(0), by("ada", ""));

        assertThat(second.token()).isEqualTo(first.token());
        assertThat(ledger.history(Optional.of(LEADS), first.token(), 9)).hasSize(2);
        delivered(1, CREATED);
        assertThat(history(0)).hasSize(1);
    }

    @Test
    void aKeyWithoutAnAnswerIsNotForgotten() {
        Claim.Granted run = planned(2);
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0));

        assertProblem(Code.FORGET_IN_DOUBT, () -> upkeep().forget(LEADS, Planned.key(0), by("ada", "")));
        assertThat(ledger.openBatches(LEADS, 0).getFirst().rows()).isEqualTo(Planned.rows(0, 1));
        assertThat(ledger.audit(1)).isEmpty();
        ledger.complete(run.lease(), batch, List.of(new RowOutcome(0, LOST)));
        assertThat(ledger.doubts(LEADS)).hasSize(1);
        upkeep().forget(LEADS, Planned.key(0), by("ada", ""));
        assertThat(history(0)).isEmpty();
        assertThat(ledger.doubts(LEADS))
                .as("what is left is nothing to send again")
                .isEmpty();
    }

    @Test
    void aTrueLedgerHasNoFlaws() {
        Claim.Granted run = claim(LEADS);
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, 2));
        Plan like = Planned.plan(LEADS, run.run(), "", PlanState.OPEN);
        PlanHash hash = new PlanHash(LEADS.value(), like.base());
        Planned.rows(0, 2).forEach(hash::add);
        ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), hash.hex(), PlanState.OPEN));
        send(run, 0, CREATED);
        send(run, 1, REFUSED);
        end(run, RunState.DONE);
        ledger.pause(new Scope.OnMapping(LEADS), by("ada", ""));

        Inspection found = inspect();
        assertThat(found.flaws()).isEmpty();
        assertThat(found.runs()).isEqualTo(1);
        assertThat(found.plans()).isEqualTo(1);
        assertThat(found.audit()).isEqualTo(1);
        assertThat(found.head()).hasSize(64);
    }

    @Test
    void wrongBooksAndAPlanThatIsNotItsHashAreSeen() {
        Claim.Granted run = planned(2);
        send(run, 0, CREATED);
        send(run, 1, CREATED);
        Run known = ledger.run(run.run()).orElseThrow();
        ledger.record(run.lease(), ended(known, RunState.DONE, 1));

        assertThat(inspect().flaws())
                .extracting(Upkeep.Flaw::what)
                .containsExactly("books of run " + run.run(), "plan of run " + run.run());
    }

    @Test
    void rowsOfARunThatEndedWithoutAPlanAreDropped() {
        Claim.Granted run = claim(LEADS);
        ledger.addRows(run.lease(), run.run(), List.of(Planned.row(0, Kind.ADD), Planned.heldRow(1, "guard")));
        assertThat(inspect().orphans()).as("it goes on").isZero();
        end(run, RunState.FAILED);
        assertThat(inspect().orphans()).isEqualTo(2);
        assertThat(upkeep().dropOrphans()).isEqualTo(2);
        assertThat(inspect().orphans()).isZero();
        assertThat(upkeep().dropOrphans()).isZero();
    }

    @Test
    void remembersWhenItWasDone() {
        assertThat(upkeep().lastDone()).isEmpty();
        upkeep().done();
        upkeep().done();
        reopen();
        assertThat(upkeep().lastDone()).contains(NOON);
        delivered(1, CREATED);
        assertThat(upkeep().mappings()).containsExactly(LEADS);
    }

    /** Adds of so many keys, delivered one by one, with books that balance. */
    private Claim.Granted delivered(int rows, Outcome outcome) {
        Claim.Granted run = planned(PlanState.OPEN, "h" + rows, Planned.rows(0, rows));
        IntStream.range(0, rows).forEach(i -> send(run, i, outcome));
        end(run, RunState.DONE);
        return run;
    }

    private void end(Claim.Granted run, RunState state) {
        Run known = ledger.run(run.run()).orElseThrow();
        ledger.record(
                run.lease(),
                ClosedRun.of(known, ledger.planOfRun(run.run()), state, NOON, ledger.account(run.run()), null));
    }

    private static Run ended(Run run, RunState state, long accepted) {
        return ClosedRun.of(
                run, Optional.empty(), state, NOON, new Accounting(2, accepted, 0, 0, 2 - accepted, 0), null);
    }

    private Inspection inspect() {
        return upkeep().inspect();
    }

    /** Flaws but that plans have made-up hashes here. */
    private List<Upkeep.Flaw> wrong() {
        return inspect().flaws().stream()
                .filter(flaw -> !flaw.what().startsWith("plan of"))
                .toList();
    }

    private List<Long> ordinals(Claim.Granted run) {
        return rows(run.run()).stream().map(PlannedWrite::ordinal).toList();
    }

    private List<Sent> history(long ordinal) {
        return ledger.history(Optional.of(LEADS), Planned.key(ordinal).encoded(), 9);
    }

    private long prune(long applied, Instant before) {
        return sweep(from -> upkeep().prune(LEADS, applied, before, from));
    }

    private long erase(long applied, Instant before) {
        return sweep(from -> upkeep().erase(LEADS, applied, before, from));
    }

    private static long sweep(Function<Mark, Swept> stretch) {
        long rows = 0;
        Optional<Mark> from = Optional.of(Mark.START);
        while (from.isPresent()) {
            Swept swept = stretch.apply(from.get());
            rows += swept.rows();
            from = swept.next();
        }
        return rows;
    }
}
