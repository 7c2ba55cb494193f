package dev.caravan.pipeline;

import dev.caravan.contract.CheckResult;
import dev.caravan.guard.Guards;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Cause;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanHash;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the plan of a run from its stored rows: one pass for hash and figures. */
final class PlanMaker {

    /** How long a held plan waits for a person. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    private final Ledger ledger;

    PlanMaker(Ledger ledger) {
        this.ledger = ledger;
    }

    Plan make(SyncRun run, List<Verdict> verdicts, Instant now) {
        Plan.Base base = base(run);
        PlanHash hash = new PlanHash(run.mapping().id().value(), base);
        Map<String, Long> byField = new LinkedHashMap<>();
        long held = 0;
        long comeBack = 0;
        try (Stream<PlannedWrite> rows = ledger.rows(run.id())) {
            for (Iterator<PlannedWrite> each = rows.iterator(); each.hasNext(); ) {
                PlannedWrite row = each.next();
                hash.add(row);
                held += row.held().isPresent() ? 1 : 0;
                comeBack += comesBack(row) ? 1 : 0;
                row.told().forEach(field -> byField.merge(field, 1L, Long::sum));
            }
        }
        return new Plan(
                hash.hex(),
                run.mapping().id(),
                run.id(),
                base,
                run.mapping().fields().definition(),
                Guards.hold(verdicts) ? PlanState.HELD : PlanState.OPEN,
                summary(run, byField, held, comeBack),
                verdicts,
                now,
                now.plus(PATIENCE));
    }

    static Plan.Base base(SyncRun run) {
        return new Plan.Base(
                run.mapping().version(),
                run.target().identityText(),
                run.session().snapshot().generation());
    }

    /** Whether the same mapping would write it to the same place. */
    static boolean sameWay(Plan.Base base, Plan.Base other) {
        return base.mappingVersion().equals(other.mappingVersion())
                && base.target().equals(other.target());
    }

    private static String removal(SyncRun run) {
        if (run.tally().of(PlannedWrite.Kind.REMOVE) == 0) {
            return "";
        }
        return run.target().capabilities().isMembership()
                ? "take out"
                : run.mapping().target().onRemoved().name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes out who is known by something else now, and is put in anew by the next run. */
    private static boolean comesBack(PlannedWrite row) {
        return row.kind() == PlannedWrite.Kind.REMOVE
                && row.cause() == Cause.REKEYED
                && row.held().isEmpty();
    }

    private static PlanSummary summary(SyncRun run, Map<String, Long> byField, long held, long comeBack) {
        CheckResult check = run.check().orElseThrow();
        Tally tally = run.tally();
        return new PlanSummary(
                check.rows(),
                check.invalid(),
                check.byReason(),
                tally.of(PlannedWrite.Kind.ADD),
                tally.of(PlannedWrite.Kind.CHANGE),
                tally.of(PlannedWrite.Kind.REMOVE),
                removal(run),
                run.counts().same() + tally.same(),
                tally.left(),
                tally.standing(),
                held,
                byField,
                tally.samples(),
                run.target().cost(tally),
                comeBack);
    }
}
