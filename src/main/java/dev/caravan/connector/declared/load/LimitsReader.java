package dev.caravan.connector.declared.load;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.spec.CodeTable;
import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.connector.declared.spec.ErrorRule;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.connector.declared.spec.Reading;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.spec.Wait;
import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads limits, errors and codes. */
final class LimitsReader {

    /** What is longer nobody waits for. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Compiler compiler;
    private final ConditionReader conditions;

    LimitsReader(Compiler compiler, ConditionReader conditions) {
        this.compiler = compiler;
        this.conditions = conditions;
    }

    LimitsSpec limits(View view, List<SettingSpec> settings, WhenReader whens) {
        return new LimitsSpec(
                (int) view.whole("concurrency", 0),
                view.blocks("requests").stream()
                        .map(rate -> rate(rate, settings, whens))
                        .toList(),
                view.blocks("observe").stream().map(this::observed).toList());
    }

    private LimitsSpec.Rate rate(View view, List<SettingSpec> settings, WhenReader whens) {
        Duration per = per(view);
        if (!per.equals(LimitsSpec.Rate.DAY)) {
            ofDay(view, "count");
            ofDay(view, "day");
        }
        return new LimitsSpec.Rate(
                view.text("name", "requests"),
                view.whole("max", 1),
                view.text("max_of").flatMap(setting -> number(setting, settings)),
                per,
                view.word("count", LimitsSpec.Count.class).orElse(LimitsSpec.Count.REQUESTS),
                view.block("day").flatMap(this::day),
                whens.when(view),
                compiler.pattern(view, "path"));
    }

    private void ofDay(View view, String key) {
        if (view.has(key)) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf(key),
                    "'" + key + "' is for limits of a day",
                    "write 'per: 1d', or leave it out");
        }
    }

    private Optional<String> number(Located<String> name, List<SettingSpec> settings) {
        List<String> numbers = settings.stream()
                .filter(setting -> setting.kind() == SettingSpec.Kind.NUMBER)
                .map(SettingSpec::name)
                .toList();
        if (!numbers.contains(name.value())) {
            compiler.report(
                    Code.CONNECTOR_REFERENCE,
                    name.place(),
                    "no setting '" + name.value() + "' of 'kind: number'",
                    Spelling.suggest(
                            name.value(), numbers, "numbers among the settings: " + String.join(", ", numbers)));
        }
        return Optional.of(name.value());
    }

    private Optional<LimitsSpec.Day> day(View view) {
        return view.node("zone")
                .flatMap(zone -> Amounts.zone(zone, "'zone'", Code.SCHEDULE_ZONE, compiler.findings()))
                .map(zone -> new LimitsSpec.Day(Amounts.time(view.text("at", "")), zone));
    }

    private Duration per(View view) {
        Duration per = view.duration("per").orElse(Duration.ofSeconds(1));
        if (per.compareTo(LONGEST) > 0 && !per.equals(LimitsSpec.Rate.DAY)) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("per"),
                    "'per' is at most an hour, or a day: 1d",
                    "an allowance of longer is what answers tell: 'observe' with 'kind: quota', or an error"
                            + " of 'class: quota'");
        }
        return per;
    }

    private LimitsSpec.Observed observed(View view) {
        Optional<Reading> used = reading(view, "used");
        boolean share =
                used.filter(reading -> reading.as() == Reading.As.PERCENT).isPresent();
        if (!view.has("remaining") && !(view.has("used") && (view.has("limit") || share))) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.place(),
                    "nothing tells how many are left",
                    "add 'remaining', or 'used' with 'limit', or 'used' as percent");
        }
        return new LimitsSpec.Observed(
                view.word("kind", LimitsSpec.Kind.class).orElse(LimitsSpec.Kind.WINDOW),
                reading(view, "limit"),
                reading(view, "remaining"),
                used,
                reading(view, "resets"));
    }

    private Optional<Reading> reading(View view, String key) {
        return view.block(key).map(this::reading);
    }

    private Reading reading(View view) {
        return new Reading(
                view.text("header").map(text -> text.value().toLowerCase(Locale.ROOT)),
                compiler.selector(view, view.has("body") ? "body" : "at"),
                view.has("matches") ? compiler.grouped(view, "matches") : Optional.empty(),
                view.word("as", Reading.As.class).orElse(Reading.As.NUMBER));
    }

    ErrorRule error(View view) {
        ErrorClass errorClass = view.word("class", ErrorClass.class).orElse(ErrorClass.UNKNOWN);
        if (view.has("together") && !errorClass.ofRow()) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("together"),
                    "'together' is for data, conflict and policy",
                    "leave it out");
        }
        if (view.has("alone") && errorClass != ErrorClass.TRANSIENT) {
            compiler.report(
                    Code.CONNECTOR_OPERATION, view.placeOf("alone"), "'alone' is for transient", "leave it out");
        }
        return new ErrorRule(
                conditions.condition(view, "when", ConditionReader.NEVER),
                errorClass,
                view.nodes("wait").stream().flatMap(node -> wait(node).stream()).toList(),
                errorClass.ofRow() && view.flag("together", true),
                errorClass == ErrorClass.TRANSIENT && view.flag("alone", false),
                compiler.wording(view, "code"),
                compiler.wording(view, "message"),
                compiler.wording(view, "field"));
    }

    private Optional<Wait> wait(YamlNode node) {
        if (node instanceof YamlNode.Block block) {
            View view = new View(block);
            return view.has("midnight")
                    ? view.node("midnight")
                            .flatMap(zone -> Amounts.zone(zone, "'midnight'", Code.SCHEDULE_ZONE, compiler.findings()))
                            .map(Wait.Midnight::new)
                    : Optional.of(new Wait.Told(reading(view)));
        }
        return View.text(node).map(text -> switch (text.value()) {
            case "backoff" -> new Wait.Backoff();
            case "midnight" -> new Wait.Midnight(ZoneId.of(ZoneOffset.UTC.getId()));
            default -> new Wait.Fixed(View.durationOf(text.value()).orElse(Duration.ofSeconds(1)));
        });
    }

    CodeTable codes(View view) {
        List<CodeTable.Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ErrorClass errorClass : ErrorClass.values()) {
            String key = errorClass.name().toLowerCase(Locale.ROOT);
            Set<String> texts = new HashSet<>();
            List<Pattern> patterns = new ArrayList<>();
            for (Located<String> code : view.texts(key)) {
                if (!seen.add(code.value())) {
                    String message = "code '" + code.value() + "' means two things";
                    compiler.report(Code.CONNECTOR_OPERATION, code.place(), message, "keep one of them");
                }
                if (code.value().length() > 2
                        && code.value().startsWith("/")
                        && code.value().endsWith("/")) {
                    String inside = code.value().substring(1, code.value().length() - 1);
                    compiler.pattern(new Located<>(inside, code.place())).ifPresent(patterns::add);
                } else {
                    texts.add(code.value());
                }
            }
            if (!texts.isEmpty() || !patterns.isEmpty()) {
                entries.add(new CodeTable.Entry(errorClass, texts, patterns));
            }
        }
        return new CodeTable(entries, view.word("otherwise", ErrorClass.class).orElse(ErrorClass.POLICY));
    }
}
