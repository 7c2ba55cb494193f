package dev.caravan.config.settings;

import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code limits:} of a connection. */
final class LimitsReader {

    private static final Keys LIMITS =
            Keys.of("requests_per_second", "requests_per_window", "concurrency", "daily_quota_share");
    private static final Keys WINDOW = Keys.of("requests", "per");

    /** What is longer is a quota: nobody waits for it. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Findings findings;

    LimitsReader(Findings findings) {
        this.findings = findings;
    }

    Optional<Limits> read(YamlNode node) {
        return Section.open(node, "'limits'", LIMITS, findings).flatMap(section -> {
            Optional<BigDecimal> rate = section.has("requests_per_second")
                    ? section.node("requests_per_second").flatMap(this::rate)
                    : Optional.of(Limits.DEFAULT.requestsPerSecond());
            Optional<Long> concurrency = section.has("concurrency")
                    ? section.node("concurrency").flatMap(n -> Scalars.whole(n, "'concurrency'", 1, 100, findings))
                    : Optional.of((long) Limits.DEFAULT.concurrency());
            Optional<BigDecimal> share = section.has("daily_quota_share")
                    ? section.node("daily_quota_share").flatMap(n -> Amounts.share(n, "'daily_quota_share'", findings))
                    : Optional.of(Limits.DEFAULT.dailyQuotaShare());
            Optional<Limits.Window> window = section.node("requests_per_window").flatMap(this::window);
            return rate.flatMap(r ->
                    concurrency.flatMap(c -> share.map(s -> new Limits(r, Math.toIntExact(c), s, window))));
        });
    }

    private Optional<BigDecimal> rate(YamlNode node) {
        Optional<BigDecimal> rate = Scalars.number(node, "'requests_per_second'", findings);
        boolean positive = rate.map(r -> r.signum() > 0).orElse(true);
        return positive ? rate : Scalars.bad(node, "no request could ever be sent", "write more than 0", findings);
    }

    private Optional<Limits.Window> window(YamlNode node) {
        return Section.open(node, "'requests_per_window'", WINDOW, findings).flatMap(section -> {
            Optional<Long> requests = section.required("requests")
                    .flatMap(each -> Scalars.whole(each, "'requests'", 1, 1_000_000, findings));
            Optional<Duration> per = section.required("per").flatMap(this::per);
            return requests.flatMap(most -> per.map(time -> new Limits.Window(Math.toIntExact(most), time)));
        });
    }

    private Optional<Duration> per(YamlNode node) {
        Optional<Duration> per = Amounts.duration(node, "'per'", findings);
        boolean minutes = per.map(time -> time.compareTo(LONGEST) <= 0).orElse(true);
        return minutes
                ? per
                : Scalars.bad(node, "'per' is at most an hour", "a day's allowance is 'daily_quota_share'", findings);
    }
}
