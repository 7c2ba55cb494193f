package dev.caravan.recovery;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.source.Settlement;
import dev.caravan.store.sqlite.SqliteLedger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead process's run is found, resolved and accounted for, as often as it takes. */
class RecoveryTest {

    private static final Outcome CREATED = new Outcome.Accepted("00Q1", true);
    private static final Outcome REFUSED = new Outcome.Rejected("BAD", null, "", Outcome.ErrorClass.DATA);
    private static final JobResumer NO_JOB = (batch, job) -> {
        throw new AssertionError("nothing is to be asked about");
    };

    @TempDir
    private Path folder;

    private Ledger ledger;
    private final FakeSession session = new FakeSession();

    @BeforeEach
    void open() {
        ledger = SqliteLedger.open(folder.resolve("ledger.db"), InstantSource.fixed(NOON));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void nothingIsDoneWhereNothingWasLeft() {
        assertThat(recover(claim(), NO_JOB)).isEqualTo(Recovered.NOTHING);
        assertThat(session.applications).isZero();
    }

    @Test
    void aKilledDeliveryIsAccountedForRowByRow() {
        Claim.Granted killed = planned(PlanState.OPEN, 6);
        send(killed, 0, CREATED);
        send(killed, 1, new Outcome.Deferred("busy", Optional.empty()));
        ledger.hold(killed.lease(), killed.run(), "quota", List.of(2L));
        ledger.begin(killed.lease(), killed.run(), Planned.upsert(3, 4));

        Claim.Granted run = claim();
        assertThat(recover(run, NO_JOB)).isEqualTo(new Recovered(List.of(killed.run()), 2, 0, 2));

        assertThat(session.settled.keySet()).containsExactly(Planned.key(0), Planned.key(3), Planned.key(4));
        assertThat(session.settled.get(Planned.key(0))).isInstanceOf(Settlement.Stored.class);
        assertThat(session.settled.get(Planned.key(3))).isInstanceOf(Settlement.Unresolved.class);
        assertThat(session.appliedSeq).isEqualTo(ledger.lastSeq());
        Run closed = ledger.run(killed.run()).orElseThrow();
        assertThat(closed.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(closed.accounting()).isEqualTo(new Accounting(6, 1, 0, 2, 2, 1));
        assertThat(closed.error()).contains("run.stopped");
        assertThat(ledger.planOfRun(killed.run()).orElseThrow().state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(ledger.run(run.run()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
        assertThat(recover(run, NO_JOB)).as("again").isEqualTo(Recovered.NOTHING);
    }

    @Test
    void aRememberedJobIsAskedAndOneWithoutAnIdNeverRan() {
        Claim.Granted killed = planned(PlanState.OPEN, 5);
        long known = ledger.begin(killed.lease(), killed.run(), Planned.job(0, 1, 2));
        ledger.remember(killed.lease(), known, "750A");
        ledger.begin(killed.lease(), killed.run(), Planned.job(3));

        List<String> asked = new ArrayList<>();
        Recovered recovered = recover(claim(), (batch, job) -> {
            asked.add(job + batch.writes().stream().map(Write::ordinal).toList());
            return List.of(CREATED, REFUSED, CREATED);
        });

        assertThat(asked).containsExactly("750A[0, 1, 2]");
        assertThat(recovered).isEqualTo(new Recovered(List.of(killed.run()), 0, 4, 0));
        assertThat(session.settled.keySet()).containsExactly(Planned.key(0), Planned.key(2));
        assertThat(ledger.account(killed.run())).isEqualTo(new Accounting(5, 2, 1, 1, 0, 1));
    }

    @Test
    void anAnswerThatDoesNotAccountForEveryRowLeavesThemUnknown() {
        Claim.Granted killed = planned(PlanState.OPEN, 2);
        long batch = ledger.begin(killed.lease(), killed.run(), Planned.job(0, 1));
        ledger.remember(killed.lease(), batch, "750A");

        assertThat(recover(claim(), (b, job) -> List.of(CREATED)).unknown()).isEqualTo(2);
        assertThat(ledger.account(killed.run())).isEqualTo(new Accounting(2, 0, 0, 0, 2, 0));
    }

    @Test
    void anUnreachableDestinationLosesNothing() {
        Claim.Granted killed = planned(PlanState.OPEN, 3);
        send(killed, 2, CREATED);
        long batch = ledger.begin(killed.lease(), killed.run(), Planned.job(0));
        ledger.remember(killed.lease(), batch, "750A");
        ledger.begin(killed.lease(), killed.run(), Planned.upsert(1));

        Claim.Granted offline = claim();
        assertThatThrownBy(() -> recover(offline, (b, job) -> {
                    throw new EnvironmentFailure(Problem.of(Code.DESTINATION_UNREACHABLE, "down", ""));
                }))
                .isInstanceOf(EnvironmentFailure.class);
        assertThat(session.settled.keySet()).containsExactly(Planned.key(2));
        assertThat(ledger.run(killed.run()).orElseThrow().state()).isEqualTo(RunState.RUNNING);

        Recovered recovered = recover(claim(), (b, job) -> List.of(CREATED));
        assertThat(recovered)
                .as("what nobody can be asked about was ended before")
                .isEqualTo(new Recovered(List.of(killed.run(), offline.run()), 1, 1, 0));
        assertThat(ledger.account(killed.run())).isEqualTo(new Accounting(3, 2, 0, 0, 1, 0));
        assertThat(ledger.run(offline.run()).orElseThrow().accounting()).isEqualTo(Accounting.NONE);
    }

    @Test
    void aRunKilledWhilePlanningPlannedNothing() {
        Claim.Granted killed = claim();
        ledger.addRows(killed.lease(), killed.run(), Planned.rows(0, 3));

        recover(claim(), NO_JOB);
        Run closed = ledger.run(killed.run()).orElseThrow();
        assertThat(closed.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(closed.accounting()).isEqualTo(Accounting.NONE);
        assertThat(ledger.account(killed.run())).isEqualTo(Accounting.NONE);
    }

    @Test
    void aPlanThatWaitsForApprovalGoesOnWaiting() {
        Claim.Granted killed = planned(PlanState.HELD, 3);

        recover(claim(), NO_JOB);
        assertThat(ledger.heldPlan(LEADS).orElseThrow().run()).isEqualTo(killed.run());
        Run closed = ledger.run(killed.run()).orElseThrow();
        assertThat(closed.state()).isEqualTo(RunState.HELD);
        assertThat(closed.accounting()).isEqualTo(new Accounting(3, 0, 0, 3, 0, 0));
        assertThat(closed.plan()).isEqualTo("hash");
        assertThat(closed.error()).isNull();
    }

    @Test
    void aKillInTheMiddleOfARecoveryIsRepairedByTheNext() {
        Claim.Granted killed = planned(PlanState.OPEN, 4);
        send(killed, 0, CREATED);
        ledger.begin(killed.lease(), killed.run(), Planned.upsert(1));
        // It resolved the batch and closed the books, but neither applied that nor recorded the run's end.
        Claim.Granted dies = claim();
        OpenBatch left = ledger.openBatches(LEADS, dies.run()).getFirst();
        ledger.complete(dies.lease(), left.batch(), List.of(new RowOutcome(1, new Outcome.Unknown("worker_stopped"))));
        ledger.supersedeUnsent(dies.lease(), killed.run());

        recover(claim(), NO_JOB);
        assertThat(session.settled.keySet()).containsExactly(Planned.key(0), Planned.key(1));
        assertThat(ledger.run(killed.run()).orElseThrow().accounting()).isEqualTo(new Accounting(4, 1, 0, 0, 1, 2));
    }

    @Test
    void aRunThatEndedAndLeftAJobOpenHasItsBooksCorrected() {
        Claim.Granted stopped = planned(PlanState.OPEN, 2);
        send(stopped, 0, CREATED);
        long batch = ledger.begin(stopped.lease(), stopped.run(), Planned.job(1));
        ledger.remember(stopped.lease(), batch, "750A");
        ledger.record(stopped.lease(), failed(ledger.run(stopped.run()).orElseThrow(), ledger.account(stopped.run())));

        Recovered recovered = recover(claim(), (b, job) -> List.of(CREATED));
        assertThat(recovered).isEqualTo(new Recovered(List.of(), 1, 1, 0));
        Run corrected = ledger.run(stopped.run()).orElseThrow();
        assertThat(corrected.state()).isEqualTo(RunState.FAILED);
        assertThat(corrected.accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
        assertThat(corrected.error()).isEqualTo("stopped [run.stopped]");
    }

    @Test
    void aSnapshotAheadOfItsLedgerIsRefused() {
        session.appliedSeq = 5;
        Claim.Granted run = claim();

        assertThatThrownBy(() -> recover(run, NO_JOB))
                .isInstanceOfSatisfying(
                        RunFailure.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(Code.LEDGER_DAMAGED));
    }

    @Test
    void aResetMappingTakesUpNothingOld() {
        Claim.Granted old = planned(PlanState.OPEN, 1);
        send(old, 0, CREATED);
        ledger.reset(LEADS, new Decision("ada", "", NOON));

        recover(claim(), NO_JOB);
        assertThat(session.settled).isEmpty();
    }

    private Recovered recover(Claim.Granted run, JobResumer jobs) {
        return new Recovery(ledger, InstantSource.fixed(NOON))
                .recover(run.lease(), run.run(), session, RecoveryTest::batch, jobs);
    }

    private static Batch batch(OpenBatch open) {
        List<Write> writes = open.rows().stream()
                .map(row -> new Write(row.ordinal(), row.kind(), row.targetKey(), row.remoteId(), row.fields()))
                .toList();
        return new Batch(Action.UPSERT, true, "Lead", "Lead_Id__c", new TargetSchema("Lead", List.of()), writes);
    }

    private Claim.Granted claim() {
        return (Claim.Granted) ledger.claim(LEADS, Trigger.COMMAND, Optional.empty(), List.of());
    }

    private Claim.Granted planned(PlanState state, long rows) {
        Claim.Granted run = claim();
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, rows));
        ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), "hash", state));
        return run;
    }

    private void send(Claim.Granted run, long ordinal, Outcome outcome) {
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(ordinal));
        ledger.complete(run.lease(), batch, List.of(new RowOutcome(ordinal, outcome)));
    }

    private static Run failed(Run run, Accounting books) {
        return new Run(
                run.id(),
                run.mapping(),
                run.epoch(),
                run.trigger(),
                RunState.FAILED,
                run.started(),
                NOON,
                2,
                0,
                2,
                0,
                0,
                books,
                4,
                "hash",
                List.of(),
                "stopped [run.stopped]");
    }
}
