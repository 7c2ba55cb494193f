package dev.caravan.app;

import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.destination.Outcome;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Fate;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.Cause;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of everything that the edges show, with every optional part there. */
public final class Samples {

    public static final MappingId LEADS = new MappingId("growth/lead-scores");
    public static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    public static final String HASH = "3f9a1c2b".repeat(8);

    private Samples() {}

    public static PlanSummary summary() {
        return new PlanSummary(
                41_188,
                12,
                Map.of("duplicate_key", 12L),
                1,
                2,
                3,
                "delete",
                41_182,
                4,
                5,
                5,
                Map.of("Lead_Score__c", 2L),
                List.of(new PlanSummary.Sample(
                        "L039575",
                        PlannedWrite.Kind.CHANGE,
                        Cause.EDIT,
                        List.of(
                                new PlanSummary.FieldChange(
                                        "Lead_Score__c",
                                        new Value.Decimal(new BigDecimal("1.44")),
                                        new Value.Real(56.8)),
                                new PlanSummary.FieldChange("Grade__c", null, new Value.Text("A"))),
                        "zombie_window")),
                new PlanSummary.Cost(114, "collections of 200 rows", 38_800, 100_000),
                2);
    }

    public static SyncReport report(String state) {
        return new SyncReport(
                212,
                LEADS,
                state,
                41_188,
                12,
                1,
                2,
                3,
                new Accounting(6, 2, 1, 1, 1, 1),
                9,
                12.3456,
                HASH,
                verdicts(),
                212,
                List.of(
                        new Rejection("REQUIRED_FIELD_MISSING", "Name", 1),
                        new Rejection("100", null, 2, Optional.of("there is\u001bno such list"))),
                state.equals("done") ? Map.of("unknown", 1L) : Map.of(),
                state.equals("decided") ? Optional.of(fate()) : Optional.empty(),
                Optional.of(summary()),
                Optional.of(NOON.plusSeconds(86_400)),
                state.equals("failed") ? "destination.refused: the job failed" : null,
                state.equals("planned")
                        ? List.of(
                                new Quarantined("L1", List.of("not_null:email", "range:score")),
                                new Quarantined("", List.of("null_key")))
                        : List.of());
    }

    public static Fate fate() {
        return new Fate(Fate.End.APPROVED, Optional.of(decision()), Optional.of(213L));
    }

    public static List<Verdict> verdicts() {
        return List.of(
                new Verdict.Held("max_changed", "54.9 % > 30 %"),
                new Verdict.Dropped("null_overwrite", "Email", 30, "30 values would be cleared"),
                new Verdict.Allowed("max_removed", "0 % of 10 %"));
    }

    public static Plan plan() {
        return new Plan(
                HASH,
                LEADS,
                212,
                new Plan.Base("v1", "00D/Lead/Lead_Id__c", 7),
                "",
                PlanState.HELD,
                summary(),
                verdicts(),
                NOON,
                NOON.plusSeconds(86_400));
    }

    public static Run run(long id) {
        return new Run(
                id,
                LEADS,
                3,
                Trigger.SCHEDULE,
                RunState.FAILED,
                NOON,
                NOON.plusSeconds(9),
                41_188,
                12,
                1,
                2,
                3,
                new Accounting(6, 2, 1, 1, 1, 1),
                9,
                HASH,
                verdicts(),
                "destination.refused: the job failed");
    }

    public static PlannedWrite write() {
        return new PlannedWrite(
                0,
                new RowKey("s:L1"),
                PlannedWrite.Kind.CHANGE,
                Cause.MODEL,
                new Value.Text("L1"),
                "00Q1",
                true,
                Map.of("Born__c", new Value.Date(LocalDate.of(2001, 2, 3))),
                Map.of("Born__c", Value.ofNull()),
                new Row(Map.of("born", new Value.Date(LocalDate.of(2001, 2, 3)))),
                null,
                Map.of("Email", new Value.Text("kept")),
                Optional.of("holdout"));
    }

    /** The same row to a destination that knows it by another key. */
    public static PlannedWrite writeUnder(Value targetKey) {
        PlannedWrite write = write();
        return new PlannedWrite(
                write.ordinal(),
                write.key(),
                write.kind(),
                write.cause(),
                targetKey,
                write.remoteId(),
                write.createdByUs(),
                write.fields(),
                write.before(),
                write.image(),
                write.rowHash(),
                write.withheld(),
                write.held());
    }

    public static Sent sent(PlannedWrite write) {
        return new Sent(212, LEADS, "v1", HASH, write, NOON, Optional.empty(), Optional.empty());
    }

    public static Sent sent(Outcome outcome) {
        return new Sent(212, LEADS, "v1", HASH, write(), NOON, Optional.of(outcome), Optional.of(NOON.plusSeconds(1)));
    }

    public static Sent erased() {
        return new Sent(
                212,
                LEADS,
                "v1",
                HASH,
                write(),
                NOON,
                Optional.of(new Outcome.Unchanged(null)),
                Optional.of(NOON),
                Optional.of(NOON),
                Optional.of(new Said(OnUnknown.DROP, decision())));
    }

    public static Decision decision() {
        return new Decision("ada", "looks right", NOON);
    }

    public static AuditEntry audit() {
        return new AuditEntry(1, NOON, "ada", "approve", HASH, "looks right");
    }

    public static Pause pause() {
        return new Pause(new Scope.OnMapping(LEADS), decision());
    }

    public static MappingStatus status() {
        return new MappingStatus(
                LEADS,
                "ML lead scores onto Salesforce leads",
                "growth-data",
                "crm Lead",
                List.of("lead_id"),
                "every 15m",
                Optional.of(run(212)),
                Optional.of(plan()),
                List.of(pause()),
                5,
                6,
                new Unsettled(Optional.of(NOON.minusSeconds(60)), 3, Map.of("unknown", 1L), 2),
                Optional.of(NOON.plusSeconds(900)),
                Optional.of("the schedule could not be set"),
                Optional.of("mappings/growth/lead-scores.yaml:7:3 unknown key"));
    }

    public static Operations.Stands stands() {
        return new Operations.Stands(
                List.of(new Rejection("DUPLICATE_VALUE", "Email", 2), new Rejection("LOCKED", null, 1)),
                List.of(
                        new Standing(LEADS, new RowKey("s:L1"), "L1", "DUPLICATE_VALUE", "Email", 211, NOON),
                        new Standing(LEADS, new RowKey("s:L2"), "L2", "LOCKED", null, 212, NOON)),
                2,
                List.of(new Doubtful(LEADS, "L3", PlannedWrite.Kind.ADD, 211, NOON, Optional.of(OnUnknown.RESEND))));
    }

    public static Forgot forgot() {
        return new Forgot(LEADS, "forgotten-0123456789abcdef0123456789abcdef", 3, true);
    }
}
