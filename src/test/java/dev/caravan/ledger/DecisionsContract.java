package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.Code;
import dev.caravan.row.RowKey;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people decide is done once, survives, and is in the audit. */
public abstract class DecisionsContract extends LedgerContract {

    @Test
    void anApprovalOpensAHeldPlanOnce() {
        planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        Plan held = ledger.heldPlan(LEADS).orElseThrow();
        ledger.decide(held, Ruling.APPROVED, by("ada", "first load"));
        reopen();

        assertThat(ledger.plan("aa").orElseThrow().state()).isEqualTo(PlanState.OPEN);
        assertThat(ledger.heldPlan(LEADS)).isEmpty();
        assertProblem(Code.PLAN_NOT_OPEN, () -> ledger.decide(held, Ruling.APPROVED, by("bob", "")));
        assertProblem(Code.PLAN_NOT_OPEN, () -> ledger.decide(held, Ruling.REJECTED, by("bob", "")));
        assertThat(ledger.audit(9)).containsExactly(new AuditEntry(1, NOON, "ada", "approve", "aa", "first load"));
    }

    /** One transaction: a death between word and consequence must leave no plan that looks as if it may be sent. */
    @Test
    void anApprovalOfAPlanThatWasOvertakenOpensNothing() {
        Claim.Granted run = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        Plan held = ledger.heldPlan(LEADS).orElseThrow();
        ledger.decide(held, Ruling.OVERTAKEN, by("ada", "first load"));
        reopen();

        assertThat(ledger.planOfRun(run.run()).orElseThrow().state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(ledger.fate(held).orElseThrow().end()).isEqualTo(Fate.End.APPROVED);
        assertProblem(Code.PLAN_NOT_OPEN, () -> ledger.decide(held, Ruling.OVERTAKEN, by("bob", "")));
        assertThat(ledger.audit(9)).containsExactly(new AuditEntry(1, NOON, "ada", "approve", "aa", "first load"));
    }

    @Test
    void aHeldPlanExpiresAndCannotBeApprovedAfterItsTime() {
        planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        Plan held = ledger.heldPlan(LEADS).orElseThrow();
        Duration day = Duration.ofHours(24);

        assertThat(ledger.expire(NOON.plus(day).minusMillis(1))).isZero();
        laterOn(day);
        assertProblem(
                Code.PLAN_NOT_OPEN, () -> ledger.decide(held, Ruling.APPROVED, by("ada", "her clock is a day behind")));
        assertThat(ledger.expire(NOON.plus(day))).isEqualTo(1);
        assertThat(ledger.expire(NOON.plus(day))).isZero();
        assertThat(ledger.plan("aa").orElseThrow().state()).isEqualTo(PlanState.EXPIRED);
        assertThat(ledger.audit(9)).extracting(AuditEntry::action).containsExactly("expire");
    }

    @Test
    void aPlansTimeIsOverByTheLedgersOwnClockAndTheAuditHasWhatWasSaid() {
        Claim.Granted run = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        Decisions.Decision ahead = new Decisions.Decision("ada", "her clock is ahead", NOON.plus(Duration.ofDays(2)));
        ledger.decide(ledger.heldPlan(LEADS).orElseThrow(), Ruling.APPROVED, ahead);
        assertThat(ledger.planOfRun(run.run()).orElseThrow().state()).isEqualTo(PlanState.OPEN);
        assertThat(ledger.audit(1)).extracting(AuditEntry::at).containsExactly(ahead.at());
    }

    @Test
    void aPauseSurvivesUntilItIsLifted() {
        Pause freeze = new Pause(new Scope.OnMapping(LEADS), by("ada", "freeze"));
        assertThat(ledger.pause(freeze.scope(), freeze.decision())).isEmpty();
        reopen();
        assertThat(ledger.pauses()).containsExactly(freeze);
        assertThat(ledger.pause(freeze.scope(), by("bob", "me too")))
                .as("whoever was first stays on record")
                .contains(freeze);
        assertThat(ledger.pauses()).containsExactly(freeze);

        assertThat(ledger.resume(freeze.scope(), by("bob", "over"))).contains(freeze);
        assertThat(ledger.resume(freeze.scope(), by("bob", "again"))).isEmpty();
        assertThat(ledger.pauses()).isEmpty();
        assertThat(ledger.audit(9)).extracting(AuditEntry::action).containsExactly("resume", "pause");
        assertThat(ledger.audit(1)).extracting(AuditEntry::who).containsExactly("bob");
    }

    @Test
    void pausesOfDifferentScopesStandBesideEachOther() {
        List<Scope> scopes = List.of(
                new Scope.All(),
                new Scope.OnConnection("crm"),
                new Scope.OnConnection("crm-2"),
                new Scope.OnMapping(new MappingId("all")),
                new Scope.OnMapping(new MappingId("crm")));
        scopes.reversed().forEach(scope -> ledger.pause(scope, by("ada", "incident")));
        reopen();

        assertThat(ledger.pauses()).extracting(Pause::scope).isEqualTo(scopes);
        ledger.resume(new Scope.All(), by("ada", "over"));
        ledger.reset(new MappingId("crm"), by("ada", "new org"));
        assertThat(ledger.pauses())
                .as("neither wider nor narrower ones are lifted with it")
                .extracting(Pause::scope)
                .isEqualTo(scopes.subList(1, 5));
        assertThat(ledger.audit(9))
                .extracting(AuditEntry::subject)
                .contains("all", "connection:crm", "connection:crm-2", "mapping:all", "mapping:crm");
    }

    @Test
    void rejectionsThatStandAreToldByReasonAndByRowAndLiftedByKey() {
        Claim.Granted run = planned(PlanState.OPEN, "aa", Planned.rows(0, 5));
        send(run, 3, REFUSED);
        send(run, 1, new Outcome.Rejected("DUP", null, "", Outcome.ErrorClass.CONFLICT));
        send(run, 0, REFUSED);
        send(run, 2, LOCKED);
        reopen();
        assertThat(ledger.standingReasons(Optional.of(LEADS)))
                .isEqualTo(ledger.standingReasons(Optional.empty()))
                .containsExactly(new Rejection("BAD", "Email", 2), new Rejection("DUP", null, 1));
        assertThat(ledger.standingRows(Optional.of(LEADS), 9))
                .isEqualTo(ledger.standingRows(Optional.empty(), 9))
                .extracting(Standing::key)
                .containsExactly(Planned.key(0), Planned.key(1), Planned.key(3));
        assertThat(ledger.standingRows(Optional.empty(), 1))
                .containsExactly(new Standing(
                        LEADS,
                        Planned.key(0),
                        Planned.row(0, PlannedWrite.Kind.ADD).shownKey(),
                        "BAD",
                        "Email",
                        run.run(),
                        NOON));
        assertThat(ledger.standingReasons(Optional.of(other()))).isEmpty();
        assertThat(ledger.standingRows(Optional.of(other()), 9)).isEmpty();

        Set<RowKey> some = Set.of(Planned.key(0), Planned.key(2), Planned.key(3));
        assertThat(ledger.lift(other(), some, by("ada", ""))).isZero();
        assertThat(ledger.lift(LEADS, some, by("ada", "the rule is gone"))).isEqualTo(2);
        assertThat(ledger.lift(LEADS, some, by("ada", "again"))).isZero();
        reopen();
        assertThat(ledger.standingRows(Optional.of(LEADS), 9))
                .extracting(Standing::key)
                .containsExactly(Planned.key(1));
        assertThat(ledger.standing(LEADS))
                .containsExactly(Deliveries.fingerprint(Planned.row(1, PlannedWrite.Kind.ADD)));
        assertThat(ledger.audit(9))
                .containsExactly(
                        new AuditEntry(1, NOON, "ada", "replay", "growth/leads: 2 rejected", "the rule is gone"));
    }

    @Test
    void aResetForgetsWhatStandsAgainstAFreshStartAndKeepsHistory() {
        Claim.Granted run = planned(PlanState.OPEN, "aa", Planned.rows(0, 2));
        send(run, 0, CREATED);
        send(run, 1, REFUSED);
        planned(PlanState.HELD, "bb", Planned.rows(0, 1));
        ledger.reset(LEADS, by("ada", "new org"));
        reopen();

        assertThat(ledger.standing(LEADS)).isEmpty();
        assertThat(ledger.heldPlan(LEADS)).isEmpty();
        assertThat(after(LEADS, 0))
                .as("a new snapshot does not take up what the old one held")
                .isEmpty();
        assertThat(ledger.history(java.util.Optional.of(LEADS), "k00000000|7", 9))
                .hasSize(1);
        assertThat(ledger.audit(1)).extracting(AuditEntry::action).containsExactly("reset");

        Claim.Granted next = planned(PlanState.OPEN, "cc", Planned.rows(0, 1));
        send(next, 0, CREATED);
        assertThat(after(LEADS, 0)).hasSize(1);
    }

    @Test
    void aResetEndsWhatIsStillOpenAndForgetsWhereItWent() {
        assertThat(ledger.target(LEADS)).isEmpty();
        Claim.Granted run = planned(PlanState.OPEN, "aa", Planned.rows(0, 3));
        assertThat(ledger.target(LEADS)).as("nothing was sent yet").isEmpty();
        send(run, 0, CREATED);
        long job = ledger.begin(run.lease(), run.run(), Planned.job(1, 2));
        ledger.remember(run.lease(), job, "750A");
        assertThat(ledger.target(LEADS)).contains("00D1/Lead/Lead_Id__c");
        assertThat(ledger.target(other())).isEmpty();

        ledger.reset(LEADS, by("ada", "new org"));
        reopen();
        assertThat(ledger.target(LEADS)).isEmpty();
        assertThat(ledger.openBatches(LEADS, 0)).isEmpty();
        assertThat(after(LEADS, 0)).isEmpty();
        assertThat(ledger.account(run.run())).isEqualTo(new Accounting(3, 1, 0, 0, 2, 0));

        Claim.Granted next = planned(PlanState.OPEN, "bb", Planned.rows(0, 1));
        ledger.begin(next.lease(), next.run(), Planned.upsert(0));
        assertThat(ledger.target(LEADS)).contains("00D1/Lead/Lead_Id__c");
    }

    /** Opens the ledger with a clock that stands so much later than {@link Planned#NOON}. */
    protected abstract void laterOn(Duration time);
}
