package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.LEADS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.run.Accounting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans and their rows: what is sealed stays, what is held is one, what an approval covers. */
public abstract class PlansContract extends LedgerContract {

    @Test
    void rowsAreReadBackAsTheyWereInOrdinalOrder() {
        Claim.Granted run = claim(LEADS);
        List<PlannedWrite> rows = List.of(
                Planned.row(0, Kind.ADD),
                Planned.row(1, Kind.CHANGE),
                Planned.row(2, Kind.REMOVE),
                Planned.row(3, Kind.CHANGE, null, Optional.empty()),
                Planned.row(4, Kind.ADD, Long.MIN_VALUE, Optional.of("pause")));
        ledger.addRows(run.lease(), run.run(), rows.subList(3, 5));
        ledger.addRows(run.lease(), run.run(), rows.subList(0, 3));
        reopen();

        assertThat(rows(run.run())).containsExactlyElementsOf(rows);
        assertThat(rows(run.run()).get(1).fields().keySet()).containsExactly("Score__c", "Company", "Email");
    }

    @Test
    void rowsAreReadPageByPage() {
        Claim.Granted run = planned(5);
        assertThat(ledger.rows(run.run(), -1, 3)).containsExactlyElementsOf(Planned.rows(0, 3));
        assertThat(ledger.rows(run.run(), 2, 3)).containsExactlyElementsOf(Planned.rows(3, 5));
        assertThat(ledger.rows(run.run(), 4, 3)).isEmpty();
    }

    @Test
    void rowsAreStreamedWhileOthersWrite() {
        Claim.Granted run = planned(1_000);
        List<Long> seen = new ArrayList<>();
        try (var rows = ledger.rows(run.run())) {
            rows.forEach(row -> {
                seen.add(row.ordinal());
                if (row.ordinal() % 100 == 0) {
                    send(run, row.ordinal(), CREATED);
                }
            });
        }

        assertThat(seen).hasSize(1_000).isSorted();
        assertThat(after(LEADS, 0)).hasSize(10);
    }

    @Test
    void rowsWithAFieldAreRewrittenUntilThePlanIsSealed() {
        Claim.Granted run = claim(LEADS);
        ledger.addRows(run.lease(), run.run(), List.of(Planned.row(0, Kind.ADD), Planned.row(1, Kind.REMOVE)));
        ledger.rewriteRows(run.lease(), run.run(), Set.of("Email", "None"), row -> without(row, "Email"));

        assertThat(rows(run.run()).getFirst().fields().keySet()).containsExactly("Score__c", "Company");
        assertThat(rows(run.run()).getFirst().rowHash()).isNull();
        assertThat(rows(run.run()).get(1)).isEqualTo(Planned.row(1, Kind.REMOVE));

        ledger.rewriteRows(run.lease(), run.run(), Set.of("Score__c"), row -> Planned.heldRow(0, "guard"));
        assertThat(ledger.pending(run.run())).containsExactly(1L);
        ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), "h", PlanState.OPEN));
        assertThatThrownBy(() -> ledger.rewriteRows(run.lease(), run.run(), Set.of("Company"), row -> row))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.addRows(run.lease(), run.run(), Planned.rows(5, 6)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.dropRows(run.lease(), run.run())).isInstanceOf(IllegalStateException.class);
        assertThat(rows(run.run())).hasSize(2);
    }

    @Test
    void droppedRowsAreGone() {
        Claim.Granted run = claim(LEADS);
        ledger.addRows(run.lease(), run.run(), List.of(Planned.row(0, Kind.ADD), Planned.heldRow(1, "guard")));
        ledger.dropRows(run.lease(), run.run());

        assertThat(rows(run.run())).isEmpty();
        assertThat(ledger.account(run.run()).planned()).isZero();
    }

    @Test
    void aSealedPlanIsReadBackByHashPrefixRunAndMapping() {
        Claim.Granted run = planned(PlanState.HELD, "ab12", Planned.rows(0, 2));
        reopen();
        Plan plan = Planned.plan(LEADS, run.run(), "ab12", PlanState.HELD);

        assertThat(ledger.plan("ab")).contains(plan);
        assertThat(ledger.planOfRun(run.run())).contains(plan);
        assertThat(ledger.heldPlan(LEADS)).contains(plan);
        assertThat(ledger.heldPlan(other())).isEmpty();
        assertThat(ledger.plan("b")).isEmpty();
        assertThat(ledger.planOfRun(99)).isEmpty();
    }

    @Test
    void aPrefixOfTwoHashesFindsNeitherAndTheNewestOfOneHashWins() {
        planned(PlanState.OPEN, "ab12", Planned.rows(0, 1));
        Claim.Granted again = planned(PlanState.HELD, "ab12", Planned.rows(0, 1));
        assertThat(ledger.plan("ab").orElseThrow().run()).isEqualTo(again.run());

        planned(PlanState.OPEN, "ab99", Planned.rows(0, 1));
        assertThat(ledger.plan("ab")).isEmpty();
        assertThat(ledger.plan("ab1").orElseThrow().run()).isEqualTo(again.run());
    }

    @Test
    void aMappingHasOneHeldPlan() {
        Claim.Granted first = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        Claim.Granted second = planned(PlanState.HELD, "bb", Planned.rows(0, 2));
        assertThat(ledger.planOfRun(first.run()).orElseThrow().state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(ledger.heldPlan(LEADS).orElseThrow().run()).isEqualTo(second.run());

        Claim.Granted same = planned(PlanState.HELD, "bb", Planned.rows(0, 2));
        assertThat(ledger.heldPlan(LEADS).orElseThrow().run()).isEqualTo(same.run());
        assertThat(ledger.account(second.run()).superseded()).isEqualTo(2);
    }

    @Test
    void aPlanMovesButOnlyADecisionOpensAHeldOne() {
        Claim.Granted run = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        Plan held = ledger.heldPlan(LEADS).orElseThrow();
        assertThatThrownBy(() -> ledger.move(run.lease(), held, PlanState.OPEN))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.heldPlan(LEADS)).contains(held);

        ledger.move(run.lease(), held, PlanState.EXPIRED);
        assertThat(ledger.planOfRun(run.run()).orElseThrow().state()).isEqualTo(PlanState.EXPIRED);
    }

    @Test
    void aPlanIsCoveredByWhatAnInterruptedRunMightSend() {
        Claim.Granted old = planned(
                PlanState.OPEN,
                "aa",
                List.of(
                        Planned.row(0, Kind.ADD),
                        Planned.row(1, Kind.ADD),
                        Planned.row(2, Kind.CHANGE),
                        Planned.row(3, Kind.REMOVE),
                        Planned.heldRow(4, "guard")));
        send(old, 0, CREATED);
        send(old, 1, LOST);

        // The lost add comes back as a change of a dirty key.
        assertThat(covered(old, Planned.row(1, Kind.CHANGE), Planned.row(2, Kind.CHANGE), Planned.row(3, Kind.REMOVE)))
                .isTrue();
        assertThat(covered(old, Planned.row(2, Kind.CHANGE), Planned.heldRow(7, "guard")))
                .isTrue();
        assertThat(covered(old, Planned.row(2, Kind.CHANGE, 5L, Optional.empty())))
                .as("another value")
                .isFalse();
        assertThat(covered(old, Planned.row(2, Kind.CHANGE, null, Optional.empty())))
                .as("no hash")
                .isFalse();
        assertThat(covered(old, Planned.row(2, Kind.REMOVE))).as("another kind").isFalse();
        assertThat(covered(old, Planned.row(0, Kind.CHANGE))).as("settled").isFalse();
        assertThat(covered(old, Planned.row(4, Kind.CHANGE))).as("held then").isFalse();
        assertThat(covered(old, Planned.row(9, Kind.ADD))).as("new key").isFalse();
    }

    @Test
    void anUnapprovedPlanCoversNothing() {
        Claim.Granted old = planned(PlanState.HELD, "aa", Planned.rows(0, 2));
        assertThat(covered(old, Planned.row(0, Kind.ADD))).isFalse();

        Claim.Granted approved = planned(PlanState.HELD, "bb", Planned.rows(0, 2));
        ledger.decide(ledger.heldPlan(LEADS).orElseThrow(), Ruling.APPROVED, by("ada", "looked at it"));
        ledger.move(approved.lease(), ledger.planOfRun(approved.run()).orElseThrow(), PlanState.SUPERSEDED);
        assertThat(covered(approved, Planned.row(0, Kind.ADD))).isTrue();
    }

    @Test
    void aRemovalIsBackWhereTheFreshRowsHaveNone() {
        Claim.Granted old = planned(
                PlanState.HELD,
                "aa",
                List.of(
                        Planned.row(0, Kind.REMOVE),
                        Planned.row(1, Kind.REMOVE),
                        Planned.row(2, Kind.REMOVE),
                        Planned.row(3, Kind.CHANGE),
                        Planned.row(4, Kind.REMOVE, null, Optional.of("guard"))));
        Claim.Granted run = claim(LEADS);
        assertThat(ledger.removalsBack(run.run(), old.run())).isEqualTo(3);
        ledger.addRows(
                run.lease(),
                run.run(),
                List.of(Planned.row(1, Kind.REMOVE), Planned.row(2, Kind.CHANGE), Planned.row(9, Kind.REMOVE)));
        assertThat(ledger.removalsBack(run.run(), old.run())).isEqualTo(2);
    }

    @Test
    void theRunOfAnApprovalAdoptsThePlanAndTheFirstRunStaysHeld() {
        Claim.Granted held =
                planned(PlanState.HELD, "aa", List.of(Planned.row(0, Kind.ADD), Planned.heldRow(1, "guard")));
        ledger.decide(ledger.heldPlan(LEADS).orElseThrow(), Ruling.APPROVED, by("ada", ""));
        Claim.Granted run = claim(LEADS);
        Plan plan = Planned.plan(LEADS, run.run(), "aa", PlanState.OPEN);
        ledger.adopt(run.lease(), held.run(), plan);
        reopen();

        assertThat(rows(run.run())).isEqualTo(rows(held.run()));
        assertThat(ledger.plan("aa")).contains(plan);
        assertThat(ledger.pending(run.run())).containsExactly(0L);
        send(run, 0, CREATED);
        assertThat(ledger.account(run.run())).isEqualTo(new Accounting(2, 1, 0, 1, 0, 0));
        assertThat(ledger.account(held.run())).isEqualTo(new Accounting(2, 0, 0, 2, 0, 0));
    }

    @Test
    void aPlanThatNobodyApprovedIsNotAdopted() {
        Claim.Granted held = planned(PlanState.HELD, "aa", Planned.rows(0, 1));
        Claim.Granted run = claim(LEADS);

        assertThatThrownBy(() ->
                        ledger.adopt(run.lease(), held.run(), Planned.plan(LEADS, run.run(), "aa", PlanState.OPEN)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows(run.run())).isEmpty();
        assertThat(ledger.heldPlan(LEADS)).isPresent();
    }

    private boolean covered(Claim.Granted old, PlannedWrite... rows) {
        Claim.Granted run = claim(LEADS);
        ledger.addRows(run.lease(), run.run(), List.of(rows));
        return ledger.coveredBy(run.run(), old.run());
    }

    private static PlannedWrite without(PlannedWrite row, String field) {
        var fields = new java.util.LinkedHashMap<>(row.fields());
        fields.remove(field);
        return new PlannedWrite(
                row.ordinal(),
                row.key(),
                row.kind(),
                row.cause(),
                row.targetKey(),
                row.remoteId(),
                row.createdByUs(),
                fields,
                row.before(),
                row.image(),
                null,
                Map.of(),
                row.held());
    }
}
