package dev.caravan.telemetry;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The list of metrics as a Markdown table, for the docs. */
public final class MetricTable {

    private MetricTable() {}

    /** The table, a line a metric, in the order of {@link Metric}. */
    public static String markdown() {
        return Arrays.stream(Metric.values())
                .map(metric -> "| `" + metric.exported() + "` | "
                        + metric.kind().name().toLowerCase(Locale.ROOT) + " | "
                        + metric.labels().stream()
                                .map(label -> "`" + label + "`")
                                .collect(Collectors.joining(", "))
                        + " | " + metric.says() + " |")
                .collect(Collectors.joining(
                        "\n", "| metric | kind | labels | what it says |\n|---|---|---|---|\n", "\n"));
    }
}
