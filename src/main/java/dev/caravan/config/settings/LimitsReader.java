package dev.caravan.config.settings;

import dev.caravan.problem.Code;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.Section;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** Reads {@code limits:} of a connection. */
final class LimitsReader {

    /** What is longer nobody waits for. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Findings findings;

    LimitsReader(Findings findings) {
        this.findings = findings;
    }

    /** The limits; empty where any of them cannot be. */
    Optional<Limits> read(Section section) {
        int before = findings.count();
        Optional<Limits.Window> window = section.section("requests_per_window").flatMap(this::window);
        Optional<Limits.Day> day = section.section("requests_per_day").flatMap(this::day);
        Limits limits = new Limits(
                section.number("requests_per_second").orElse(Limits.DEFAULT.requestsPerSecond()),
                section.whole("concurrency").map(Math::toIntExact).orElse(Limits.DEFAULT.concurrency()),
                section.share("daily_quota_share").orElse(Limits.DEFAULT.dailyQuotaShare()),
                window,
                day);
        boolean sound = section.block().entries().stream().allMatch(entry -> findings.sound(entry.value()));
        return Optional.of(limits).filter(any -> sound && findings.count() == before);
    }

    private Optional<Limits.Day> day(Section section) {
        if (section.has("at") && !section.has("zone")) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.placeOf("at"),
                    "'at' needs a 'zone', whose clocks tell",
                    "add 'zone', or leave 'at' out: then any 24 hours count");
        }
        LocalTime at = Amounts.time(section.text("at").map(Located::value).orElse(""));
        Optional<ZoneId> zone =
                section.node("zone").flatMap(node -> Amounts.zone(node, "'zone'", Code.SCHEDULE_ZONE, findings));
        return section.whole("requests").map(most -> new Limits.Day(most, at, zone));
    }

    private Optional<Limits.Window> window(Section section) {
        Optional<Duration> per = section.duration("per");
        if (per.isPresent() && per.get().compareTo(LONGEST) > 0) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.node("per").map(YamlNode::place).orElse(section.place()),
                    "'per' is at most an hour",
                    "for a day write 'requests_per_day'; the account's own allowance is 'daily_quota_share'");
            return Optional.empty();
        }
        return section.whole("requests")
                .flatMap(most -> per.map(time -> new Limits.Window(Math.toIntExact(most), time)));
    }
}
