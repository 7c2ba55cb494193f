package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values with a unit: durations, shares, sizes, zones. Each answers empty after it has reported the problem. */
public final class Amounts {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(MB|GB)");

    private Amounts() {}

    /** {@code 30s}, {@code 15m}, {@code 6h}, {@code 90d}; {@code ms} too. More than nothing. */
    public static Optional<Duration> duration(YamlNode node, String name, Findings findings) {
        Matcher matcher = DURATION.matcher(textOf(node));
        if (matcher.matches() && Long.parseLong(matcher.group(1)) > 0) {
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        findings.report(
                Code.SCHEDULE_DURATION,
                node.place(),
                name + " is a duration, this is " + shown(node),
                "write a number and a unit: 30s, 15m, 6h, 90d");
        return Optional.empty();
    }

    /** {@code 30%} or {@code 0.3}, as a number between 0 and 1. */
    public static Optional<BigDecimal> share(YamlNode node, String name, Findings findings) {
        Optional<BigDecimal> share = shareOf(node);
        if (share.isPresent()
                && share.get().compareTo(BigDecimal.ONE) <= 0
                && share.get().signum() >= 0) {
            return share;
        }
        return Scalars.bad(
                node,
                name + " is a share, this is " + shown(node),
                "write 0% to 100%, or a number between 0 and 1",
                findings);
    }

    private static Optional<BigDecimal> shareOf(YamlNode node) {
        Matcher percent = PERCENT.matcher(textOf(node));
        if (percent.matches()) {
            return Optional.of(new BigDecimal(percent.group(1)).movePointLeft(2).stripTrailingZeros());
        }
        boolean number =
                node instanceof Scalar scalar && (scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.DECIMAL);
        return number ? Optional.of(new BigDecimal(textOf(node)).stripTrailingZeros()) : Optional.empty();
    }

    /** {@code 512MB} or {@code 1GB}, in bytes (of 1,000). */
    public static Optional<Long> size(YamlNode node, String name, Findings findings) {
        Matcher matcher = SIZE.matcher(textOf(node));
        if (matcher.matches() && Long.parseLong(matcher.group(1)) > 0) {
            long unit = matcher.group(2).equals("GB") ? 1_000_000_000L : 1_000_000L;
            return Optional.of(Long.parseLong(matcher.group(1)) * unit);
        }
        return Scalars.bad(node, name + " is a size, this is " + shown(node), "write 512MB or 1GB", findings);
    }

    /** A zone of the time zone database, or an offset. */
    public static Optional<ZoneId> zone(YamlNode node, String name, Code code, Findings findings) {
        try {
            return Optional.of(ZoneId.of(textOf(node)));
        } catch (DateTimeException e) {
            String near = Spelling.suggest(
                    textOf(node), ZoneId.getAvailableZoneIds(), "write a name like Europe/Berlin, or UTC");
            findings.report(code, node.place(), name + " is a time zone, this is " + shown(node), near);
            return Optional.empty();
        }
    }

    private static String textOf(YamlNode node) {
        return node instanceof Scalar scalar ? scalar.text() : "";
    }

    private static String shown(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() != Kind.NULL
                ? "'" + scalar.text() + "'"
                : node.kindName();
    }
}
