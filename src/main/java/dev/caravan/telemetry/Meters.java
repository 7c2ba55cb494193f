package dev.caravan.telemetry;

import dev.caravan.destination.Signal;
import dev.caravan.guard.Verdict;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Turns what happens into the metrics of {@link Metric}. Never blocks; safe for use by many threads. */
public final class Meters {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
    };

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<List<String>, AtomicLong> levels = new ConcurrentHashMap<>();
    private final Map<String, Instant> doneAt = new ConcurrentHashMap<>();
    private final Set<String> scopesSeen = new HashSet<>(Set.of("all"));

    public Meters(MeterRegistry registry, InstantSource clock, String version) {
        this.registry = registry;
        this.clock = clock;
        level(Metric.BUILD_INFO, version).set(1);
        level(Metric.PAUSED, "all");
    }

    /** Lets a gauge follow the number of problems in workspace files. */
    public void broken(Supplier<Number> problems) {
        Gauge.builder(Metric.MAPPING_BROKEN.code(), problems)
                .description(Metric.MAPPING_BROKEN.says())
                .register(registry);
    }

    /** A run that ended before this process started: sets the gauges and counts nothing. Tell runs in their order. */
    public void seen(Run run) {
        String mapping = run.mapping().value();
        level(Metric.MODEL_ROWS, mapping).set(run.rows());
        level(Metric.INVALID_ROWS, mapping).set(run.invalid());
        level(Metric.PLAN_ROWS, mapping, "add").set(run.added());
        level(Metric.PLAN_ROWS, mapping, "change").set(run.changed());
        level(Metric.PLAN_ROWS, mapping, "remove").set(run.removed());
        level(Metric.HELD_ROWS, mapping).set(run.accounting().held());
        level(Metric.UNKNOWN_OPS, mapping).set(run.accounting().unknown());
        counter(Metric.ACCOUNTING_MISMATCH, mapping);
        if (run.state() == RunState.DONE && run.finished() != null) {
            fresh(mapping, run.finished());
        }
    }

    /** A run has ended. */
    public void ended(Run run) {
        seen(run);
        String mapping = run.mapping().value();
        String state = word(run.state());
        counter(Metric.RUNS, mapping, state, word(run.trigger())).increment();
        if (run.finished() != null) {
            timer(Metric.RUN_DURATION, mapping, state).record(Duration.between(run.started(), run.finished()));
        }
        rows(mapping, run.accounting());
        run.verdicts().forEach(verdict -> tripped(mapping, verdict));
    }

    /** So many keys of a mapping have a request whose end nobody knows. */
    public void unresolved(String mapping, long keys) {
        level(Metric.UNRESOLVED_KEYS, mapping).set(keys);
    }

    /** What is paused now, as {@code all}, {@code connection:NAME} and {@code mapping:ID}; what was and is not is 0 from now on. */
    public synchronized void paused(Set<String> scopes) {
        scopesSeen.addAll(scopes);
        scopesSeen.forEach(scope -> level(Metric.PAUSED, scope).set(scopes.contains(scope) ? 1 : 0));
    }

    /** A run's books did not balance. */
    public void mismatch(Run run) {
        counter(Metric.ACCOUNTING_MISMATCH, run.mapping().value()).increment();
    }

    /** Rows that a crash had left without an outcome and that recovery took up. */
    public void recovered(String mapping, long rows) {
        add(Metric.RECOVERED_OPS, rows, mapping);
    }

    /** One answer of a destination, which took this many requests. */
    public void request(String connection, Signal.State state, int requests, Duration took) {
        counter(Metric.REQUESTS, connection, word(state)).increment(requests);
        timer(Metric.REQUEST_DURATION, connection, word(state)).record(took);
    }

    /** A request is about to be sent again. */
    public void retry(String connection, String reason) {
        counter(Metric.RETRY, connection, reason).increment();
    }

    /** The breaker changed: {@code closed}, {@code half_open} or {@code open}. */
    public void breaker(String connection, String state) {
        level(Metric.BREAKER_STATE, connection)
                .set(List.of("closed", "half_open", "open").indexOf(state));
    }

    /** The share of the daily allowance that is used, 0 to 1. */
    public void quota(String connection, double used) {
        share(Metric.QUOTA_REMAINING, connection, 1 - used);
    }

    /** So many requests are let out at once. */
    public void concurrency(String connection, int limit) {
        level(Metric.CONCURRENCY_LIMIT, connection).set(limit);
    }

    /** The share of the retry budget that is left, 0 to 1. */
    public void retryBudget(String connection, double left) {
        share(Metric.RETRY_BUDGET, connection, left);
    }

    private void share(Metric metric, String connection, double share) {
        AtomicLong bits = levels.computeIfAbsent(
                key(metric, connection),
                key -> gauge(metric, level -> Double.longBitsToDouble(level.get()), connection));
        bits.set(Double.doubleToLongBits(Math.clamp(share, 0.0, 1.0)));
    }

    private void fresh(String mapping, Instant finished) {
        if (doneAt.put(mapping, finished) == null) {
            Gauge.builder(Metric.FRESHNESS.code(), doneAt, ends -> age(ends.getOrDefault(mapping, finished)))
                    .tags(tags(Metric.FRESHNESS, mapping))
                    .description(Metric.FRESHNESS.says())
                    .baseUnit("seconds")
                    .register(registry);
        }
    }

    private double age(Instant finished) {
        return Duration.between(finished, clock.instant()).toMillis() / 1000.0;
    }

    private void rows(String mapping, Accounting end) {
        add(Metric.ROWS, end.accepted(), mapping, "accepted");
        add(Metric.ROWS, end.rejected(), mapping, "rejected");
        add(Metric.ROWS, end.held(), mapping, "held");
        add(Metric.ROWS, end.unknown(), mapping, "unknown");
        add(Metric.ROWS, end.superseded(), mapping, "superseded");
    }

    private void tripped(String mapping, Verdict verdict) {
        switch (verdict) {
            case Verdict.Allowed allowed -> counter(Metric.GUARD_TRIPS, mapping, allowed.guard(), "held");
            case Verdict.Held held ->
                counter(Metric.GUARD_TRIPS, mapping, held.guard(), "held").increment();
            case Verdict.Dropped dropped ->
                counter(Metric.GUARD_TRIPS, mapping, dropped.guard(), "dropped").increment();
        }
    }

    /** Rows fit into a double exactly, up to 2^53. */
    private void add(Metric metric, long rows, String... values) {
        counter(metric, values).increment((double) rows);
    }

    private Counter counter(Metric metric, String... values) {
        return Counter.builder(metric.code())
                .tags(tags(metric, values))
                .description(metric.says())
                .register(registry);
    }

    private Timer timer(Metric metric, String... values) {
        Timer.Builder timer =
                Timer.builder(metric.code()).tags(tags(metric, values)).description(metric.says());
        return (metric.kind() == Metric.Kind.HISTOGRAM ? timer.serviceLevelObjectives(BUCKETS) : timer)
                .register(registry);
    }

    private AtomicLong level(Metric metric, String... values) {
        return levels.computeIfAbsent(key(metric, values), key -> gauge(metric, AtomicLong::doubleValue, values));
    }

    private AtomicLong gauge(Metric metric, ToDoubleFunction<AtomicLong> reading, String... values) {
        AtomicLong level = new AtomicLong();
        Gauge.builder(metric.code(), level, reading)
                .tags(tags(metric, values))
                .description(metric.says())
                .strongReference(true)
                .register(registry);
        return level;
    }

    private static List<Tag> tags(Metric metric, String... values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(metric.labels().get(i), values[i]));
        }
        return tags;
    }

    private static List<String> key(Metric metric, String... values) {
        List<String> key = new ArrayList<>(List.of(values));
        key.addFirst(metric.code());
        return key;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
