package dev.caravan.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Samples;
import dev.caravan.destination.Signal;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final Pattern SERIES = Pattern.compile("(caravan_\\w+)(?:\\{(.*)})? .*");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Instant now = Samples.NOON;
    private final Meters meters = new Meters(registry, () -> now, "1.2.3");

    private static Run run(RunState state, Accounting accounting) {
        return new Run(
                9,
                Samples.LEADS,
                1,
                Trigger.SCHEDULE,
                state,
                Samples.NOON.minusSeconds(30),
                Samples.NOON,
                100,
                4,
                1,
                2,
                3,
                accounting,
                7,
                Samples.HASH,
                Samples.verdicts(),
                null);
    }

    private void everything() {
        meters.broken(() -> 2);
        meters.ended(run(RunState.DONE, new Accounting(6, 1, 1, 2, 1, 1)));
        meters.mismatch(run(RunState.FAILED, Accounting.NONE));
        meters.recovered("a", 3);
        meters.request("crm", Signal.State.LOCKED_OUT, 2, Duration.ofMillis(70));
        meters.retry("crm", "busy");
        meters.breaker("crm", "half_open");
        meters.quota("crm", 0.25);
        meters.concurrency("crm", 3);
        meters.retryBudget("crm", 0.5);
        meters.unresolved("a", 3);
    }

    @Test
    void everyMetricIsExportedWithExactlyItsLabels() {
        everything();
        List<String> lines = registry.scrape().lines().toList();
        for (Metric metric : Metric.values()) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("# HELP " + metric.exported() + " "))
                    .as("help of %s", metric)
                    .containsExactly("# HELP " + metric.exported() + " " + metric.says());
            assertThat(lines)
                    .as("labels of %s", metric)
                    .anySatisfy(line -> assertThat(labels(line, metric)).isEqualTo(Set.copyOf(metric.labels())));
        }
    }

    private static Set<String> labels(String line, Metric metric) {
        Matcher series = SERIES.matcher(line);
        if (!series.matches() || !series.group(1).startsWith(metric.exported())) {
            return Set.of("not this metric");
        }
        String labels = series.group(2);
        return labels == null
                ? Set.of()
                : Arrays.stream(labels.split(",", -1))
                        .map(label -> label.substring(0, label.indexOf('=')))
                        .filter(label -> !label.equals("le"))
                        .collect(Collectors.toSet());
    }

    @Test
    void noMetricIsUndocumented() {
        everything();
        Set<String> known = Arrays.stream(Metric.values()).map(Metric::exported).collect(Collectors.toSet());
        assertThat(registry.scrape().lines())
                .filteredOn(line -> line.startsWith("# TYPE "))
                .extracting(line -> line.split(" ", -1)[2].replaceFirst("_max$", ""))
                .isSubsetOf(known);
    }

    @Test
    void noLabelCarriesARunAKeyOrAHash() {
        everything();
        assertThat(registry.scrape()).doesNotContain(Samples.HASH).doesNotContain("run=");
    }

    @Test
    void gaugesShowTheNewestRunAndCountersAddUp() {
        meters.ended(run(RunState.DONE, new Accounting(6, 1, 1, 2, 1, 1)));
        meters.ended(run(RunState.HELD, new Accounting(6, 0, 0, 6, 0, 0)));
        assertThat(registry.scrape())
                .contains("caravan_held_rows{mapping=\"growth/lead-scores\"} 6.0")
                .contains("caravan_unknown_ops{mapping=\"growth/lead-scores\"} 0.0")
                .contains("caravan_rows_total{mapping=\"growth/lead-scores\",outcome=\"held\"} 8.0")
                .contains("caravan_plan_rows{mapping=\"growth/lead-scores\",op=\"remove\"} 3.0")
                .contains("caravan_guard_trips_total{action=\"held\",guard=\"max_changed\","
                        + "mapping=\"growth/lead-scores\"} 2.0")
                .contains("caravan_accounting_mismatch_total{mapping=\"growth/lead-scores\"} 0.0");
    }

    @Test
    void freshnessAgesFromTheLastDoneRun() {
        meters.seen(run(RunState.DONE, Accounting.NONE));
        now = Samples.NOON.plusSeconds(90);
        meters.seen(run(RunState.FAILED, Accounting.NONE));
        assertThat(registry.scrape())
                .contains("caravan_freshness_seconds{mapping=\"growth/lead-scores\"} 90.0")
                .doesNotContain("caravan_runs_total");
    }

    @Test
    void connectionsTellHowTheyAre() {
        meters.breaker("crm", "closed");
        meters.breaker("crm", "open");
        meters.quota("crm", 0.9);
        meters.quota("crm", 0.25);
        meters.concurrency("crm", 3);
        meters.retryBudget("crm", 0.5);
        meters.request("crm", Signal.State.WELL, 2, Duration.ofMillis(70));
        assertThat(registry.scrape())
                .contains("caravan_breaker_state{connection=\"crm\"} 2.0")
                .contains("caravan_quota_remaining_ratio{connection=\"crm\"} 0.75")
                .contains("caravan_requests_total{connection=\"crm\",state=\"well\"} 2.0")
                .contains("caravan_request_duration_seconds_bucket{connection=\"crm\",state=\"well\",le=\"0.1\"} 1")
                .contains("caravan_request_duration_seconds_bucket{connection=\"crm\",state=\"well\",le=\"0.05\"} 0");
    }

    /** To write it anew: {@code mvn test -Dtest=MetersTest -Dcaravan.docs=write}. */
    @Test
    void theDocsListThemAll() throws IOException {
        Path page = Path.of("docs/metrics.md");
        String text = Files.readString(page);
        int table = text.indexOf("| metric |");
        String now = text.substring(0, table) + MetricTable.markdown();
        if ("write".equals(System.getProperty("caravan.docs"))) {
            Files.writeString(page, now);
        }
        assertThat(Files.readString(page)).isEqualTo(now);
    }
}
