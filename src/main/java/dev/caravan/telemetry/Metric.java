package dev.caravan.telemetry;

import java.util.List;

/**
 * Every metric there is: its name in code, as Prometheus shows it, its labels and what it says. {@code docs/metrics.md} is made from
 * this list; a name here is part of the interface, since alert rules and dashboards use it.
 */
public enum Metric {
    ROWS(
            "caravan.rows",
            "caravan_rows_total",
            Kind.COUNTER,
            "mapping, outcome",
            "Planned rows of ended runs by where they ended: accepted, rejected, held, unknown, superseded."),
    RUNS(
            "caravan.runs",
            "caravan_runs_total",
            Kind.COUNTER,
            "mapping, state, trigger",
            "Ended runs: done, held, failed or interrupted; started by schedule, command, approval or recovery."),
    RUN_DURATION(
            "caravan.run.duration",
            "caravan_run_duration_seconds",
            Kind.TIMER,
            "mapping, state",
            "Time from claim to end of a run."),
    GUARD_TRIPS(
            "caravan.guard.trips",
            "caravan_guard_trips_total",
            Kind.COUNTER,
            "mapping, guard, action",
            "Verdicts against a plan: the plan held, or a field dropped."),
    ACCOUNTING_MISMATCH(
            "caravan.accounting.mismatch",
            "caravan_accounting_mismatch_total",
            Kind.COUNTER,
            "mapping",
            "Runs whose books did not balance. Page on any."),
    RECOVERED_OPS(
            "caravan.journal.recovered.ops",
            "caravan_journal_recovered_ops_total",
            Kind.COUNTER,
            "mapping",
            "Rows found without an outcome after a crash and resolved or marked unknown."),
    MODEL_ROWS("caravan.model.rows", "caravan_model_rows", Kind.GAUGE, "mapping", "Rows read by the newest run."),
    INVALID_ROWS(
            "caravan.invalid.rows",
            "caravan_invalid_rows",
            Kind.GAUGE,
            "mapping",
            "Rows that the contract refused in the newest run; never sent."),
    PLAN_ROWS(
            "caravan.plan.rows",
            "caravan_plan_rows",
            Kind.GAUGE,
            "mapping, op",
            "Rows that the newest run planned to add, change or remove."),
    HELD_ROWS(
            "caravan.held.rows",
            "caravan_held_rows",
            Kind.GAUGE,
            "mapping",
            "Rows of the newest run that wait: a guard, a pause, quota or the destination holds them."),
    UNKNOWN_OPS(
            "caravan.unknown.ops",
            "caravan_unknown_ops",
            Kind.GAUGE,
            "mapping",
            "Rows of the newest run of which nobody knows whether they were applied."),
    UNRESOLVED_KEYS(
            "caravan.unresolved.keys",
            "caravan_unresolved_keys",
            Kind.GAUGE,
            "mapping",
            "Keys in doubt: a request left, now or in an earlier run, and nobody knows whether it was applied."),
    FRESHNESS(
            "caravan.freshness",
            "caravan_freshness_seconds",
            Kind.GAUGE,
            "mapping",
            "Time since the end of the last run that was done."),
    REQUESTS(
            "caravan.requests",
            "caravan_requests_total",
            Kind.COUNTER,
            "connection, state",
            "HTTP requests sent, log-ins included, by how the destination was: well, busy, exhausted, troubled,"
                    + " locked_out."),
    REQUEST_DURATION(
            "caravan.request.duration",
            "caravan_request_duration_seconds",
            Kind.HISTOGRAM,
            "connection, state",
            "Time from a request to its whole answer, limits and retries not included."),
    RETRY(
            "caravan.retry",
            "caravan_retry_total",
            Kind.COUNTER,
            "connection, reason",
            "Requests sent again within a batch: busy, refused; lost or troubled where they carry no rows; and rows whose end"
                    + " was unknown."),
    RETRY_BUDGET(
            "caravan.retry.budget.ratio",
            "caravan_retry_budget_ratio",
            Kind.GAUGE,
            "connection",
            "Share of the retry budget that is left, 0 to 1, as of the last request: at 0 nothing is sent again. A fifth of the"
                    + " requests of ten seconds, and five beside."),
    CONCURRENCY_LIMIT(
            "caravan.concurrency.limit",
            "caravan_concurrency_limit",
            Kind.GAUGE,
            "connection",
            "Requests let out at once: one at first, as many as configured while the destination takes them well, fewer while it"
                    + " is slow or in trouble."),
    BREAKER_STATE(
            "caravan.breaker.state",
            "caravan_breaker_state",
            Kind.GAUGE,
            "connection",
            "0 closed, 1 half open, 2 open: nothing is sent."),
    QUOTA_REMAINING(
            "caravan.quota.remaining.ratio",
            "caravan_quota_remaining_ratio",
            Kind.GAUGE,
            "connection",
            "Share of the destination's daily allowance that is left, 0 to 1, as last seen."),
    MAPPING_BROKEN(
            "caravan.mapping.broken",
            "caravan_mapping_broken",
            Kind.GAUGE,
            "",
            "Problems in workspace files and schedules, and secrets that are missing; the last good versions are in use."),
    PAUSED(
            "caravan.paused",
            "caravan_paused",
            Kind.GAUGE,
            "scope",
            "1 while it is paused, else 0: all, connection:NAME or mapping:ID. All is always there, the others once paused."),
    BUILD_INFO(
            "caravan.build.info", "caravan_build_info", Kind.GAUGE, "version", "Always 1; the version is the label.");

    private final String code;
    private final String exported;
    private final Kind kind;
    private final String labels;
    private final String says;

    Metric(String code, String exported, Kind kind, String labels, String says) {
        this.code = code;
        this.exported = exported;
        this.kind = kind;
        this.labels = labels;
        this.says = says;
    }

    /** The name as Micrometer takes it. */
    String code() {
        return code;
    }

    /** The name as Prometheus shows it. */
    public String exported() {
        return exported;
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** Its labels, in the order of their values. */
    public List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(", ", -1));
    }

    /** What it says, for people. */
    public String says() {
        return says;
    }

    /** What a metric is. Timers show a sum, a count and a maximum; histograms buckets as well. */
    public enum Kind {
        COUNTER,
        GAUGE,
        TIMER,
        HISTOGRAM
    }
}
