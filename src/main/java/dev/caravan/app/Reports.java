package dev.caravan.app;

import dev.caravan.contract.CheckResult;
import dev.caravan.ledger.Fate;
import dev.caravan.pipeline.Halts;
import dev.caravan.pipeline.Mode;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlanSummary;
import dev.caravan.run.Rejection;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reports from runs: from one that has just ended, or from one in the ledger. */
final class Reports {

    private Reports() {}

    /**
     * Of a run that has just ended.
     *
     * @param waiting until when the very plan that a preview made waits already; empty where it does not
     */
    static SyncReport of(
            SyncRun run,
            List<Rejection> rejections,
            Map<String, Long> heldBy,
            Optional<Instant> waiting,
            boolean withQuarantined) {
        Optional<PlanSummary> summary = run.summary();
        return new SyncReport(
                run.id(),
                run.mapping().id(),
                word(run.state(), run.order().mode() == Mode.PREVIEW),
                summary.map(PlanSummary::rows).orElse(0L),
                summary.map(PlanSummary::invalid).orElse(0L),
                summary.map(PlanSummary::add).orElse(0L),
                summary.map(PlanSummary::change).orElse(0L),
                summary.map(PlanSummary::remove).orElse(0L),
                run.accounting(),
                run.requests(),
                seconds(run.took()),
                run.plan().map(Plan::hash).orElse(""),
                run.verdicts(),
                run.plan().map(Plan::run).orElse(0L),
                rejections,
                heldBy,
                approved(run),
                summary,
                run.order().mode() == Mode.PREVIEW ? waiting : run.plan().flatMap(Reports::expiry),
                run.halted().map(Halts::oneLine).orElse(null),
                run.check()
                        .filter(check -> withQuarantined)
                        .map(CheckResult::samples)
                        .orElse(List.of()));
    }

    /** Whose word let the plan go that this run took over. */
    private static Optional<Fate> approved(SyncRun run) {
        return run.order()
                .approval()
                .filter(approval -> run.plan().isPresent() && !run.isBaseMoved())
                .map(approval -> new Fate(Fate.End.APPROVED, Optional.of(approval.decision()), Optional.of(run.id())));
    }

    /** The report of a run of the past; a plan that it only met, made by an earlier run, has a summary of other rows than it read. */
    static SyncReport of(
            Run run, Optional<Plan> plan, Optional<Fate> fate, List<Rejection> rejections, Map<String, Long> heldBy) {
        Instant end = run.finished() == null ? run.started() : run.finished();
        return new SyncReport(
                run.id(),
                run.mapping(),
                word(run.state(), run.trigger() == Trigger.PREVIEW),
                run.rows(),
                run.invalid(),
                run.added(),
                run.changed(),
                run.removed(),
                run.accounting(),
                run.requests(),
                seconds(Duration.between(run.started(), end)),
                run.plan() == null ? "" : run.plan(),
                run.verdicts(),
                plan.map(Plan::run).orElse(0L),
                rejections,
                heldBy,
                fate,
                plan.filter(own -> own.run() == run.id()).map(Plan::summary),
                plan.flatMap(Reports::expiry),
                run.error(),
                List.of());
    }

    private static Optional<Instant> expiry(Plan plan) {
        return plan.state() == PlanState.HELD ? Optional.of(plan.expires()) : Optional.empty();
    }

    private static String word(RunState state, boolean preview) {
        return preview && state == RunState.DONE ? "planned" : state.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
