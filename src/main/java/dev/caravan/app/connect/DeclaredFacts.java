package dev.caravan.app.connect;

import dev.caravan.app.connect.ConnectorFacts.Deed;
import dev.caravan.app.connect.ConnectorFacts.Lookup;
import dev.caravan.app.connect.ConnectorFacts.Meaning;
import dev.caravan.app.connect.ConnectorFacts.Setting;
import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.connector.declared.spec.LookupSpec;
import dev.caravan.connector.declared.spec.NamePattern;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.When;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@code connector.yaml} says, in the words of a README.
 *
 * @param file the same connector as it is written, for what is best shown so
 */
record DeclaredFacts(ConnectorSpec spec, View file) {

    /** The file's facts. */
    static ConnectorFacts of(ConnectorSpec spec, YamlNode file) {
        DeclaredFacts facts = new DeclaredFacts(spec, View.of(file).orElseThrow());
        return new ConnectorFacts(
                DeclaredConnectors.FILE,
                Writables.declared(spec).objects(),
                facts.deeds(),
                facts.lookups(),
                spec.settings().stream().map(DeclaredFacts::setting).toList(),
                facts.pace(),
                facts.answers(),
                facts.codes(),
                List.of(),
                spec.unverified());
    }

    private List<Deed> deeds() {
        return spec.objects().stream()
                .flatMap(object -> object.operations().values().stream()
                        .map(operation -> new Deed(
                                names(object),
                                ReadmeBlock.word(operation.action()),
                                idempotency(operation),
                                together(operation))))
                .toList();
    }

    private static List<String> names(ObjectSpec object) {
        return object.names().stream().map(NamePattern::toString).toList();
    }

    private List<Lookup> lookups() {
        List<Lookup> lookups = new ArrayList<>();
        for (ObjectSpec object : spec.objects()) {
            for (LookupSpec lookup : object.lookups()) {
                boolean first = lookup.equals(object.lookups().getFirst());
                String fields = lookup.by().stream().map(by -> "`" + by + "`").collect(Collectors.joining(", "));
                lookups.add(new Lookup(
                        names(object),
                        fields.isEmpty() ? (first ? "any field" : "any other") : fields,
                        rows(lookup.batch())));
            }
        }
        return lookups;
    }

    private static String idempotency(OperationSpec operation) {
        OperationSpec.ClassRule rule = operation.idempotency();
        String window =
                operation.dedupeWindow().map(known -> ", for " + shown(known)).orElse("");
        return rule.whenKeyUnique() == rule.otherwise()
                ? rule.otherwise() + window
                : rule.whenKeyUnique() + window + " where the key is unique, else " + rule.otherwise();
    }

    private static String together(OperationSpec operation) {
        String usual = switch (operation.strategy()) {
            case Strategy.Batch batch -> rows(batch.batch());
            case Strategy.Match match ->
                "searched: " + rows(match.batch()) + "; then " + followed(match) + " by a request of its step";
            case Strategy.Job job -> "a job of " + rows(job.batch());
        };
        return usual
                + operation
                        .staged()
                        .map(staged -> "; from " + staged.from() + " rows on a job of "
                                + rows(staged.job().batch()))
                        .orElse("");
    }

    private static String followed(Strategy.Match match) {
        return Stream.of(match.found(), match.absent())
                .filter(Strategy.Next.Do.class::isInstance)
                .map(next -> ((Strategy.Next.Do) next).how().batch())
                .filter(batch -> batch.rows() > 1)
                .findFirst()
                .map(DeclaredFacts::rows)
                .orElse("each record");
    }

    private static String rows(BatchSpec batch) {
        String bytes = batch.bytes() == 0 ? "" : String.format(Locale.ROOT, ", %,d bytes", batch.bytes());
        return String.format(Locale.ROOT, "%,d", batch.rows()) + bytes;
    }

    private static Setting setting(SettingSpec setting) {
        String values = setting.oneOf().isEmpty() ? "" : "; one of " + String.join(", ", setting.oneOf());
        String need = setting.byDefault()
                .map(usual -> "`" + usual + "` unless said otherwise")
                .orElse(setting.required() ? "needed" + where(setting.when()) : "may be left out");
        return new Setting(setting.name(), (setting.secret() ? "secret, " : "") + need, setting.about() + values);
    }

    private String pace() {
        LimitsSpec limits = spec.limits();
        String atOnce = limits.concurrency() == 0 ? "" : limits.concurrency() + " requests at a time; ";
        String rates = limits.requests().stream()
                .map(rate -> "%s in %s%s; "
                        .formatted(most(rate), rate.ofDay() ? day(rate) : shown(rate.per()), where(rate.when())))
                .collect(Collectors.joining());
        return "Limits: " + atOnce + rates
                + (limits.observed().isEmpty()
                        ? "answers tell of none"
                        : "and what answers tell of the allowance that is left")
                + ". A request may take " + shown(spec.timeout()) + "; one that was lost may take effect for "
                + shown(spec.zombieWindow()) + ".";
    }

    private static String most(LimitsSpec.Rate rate) {
        String many = rate.maxOf()
                .map(setting -> "`" + setting + "`")
                .orElseGet(() -> String.format(Locale.ROOT, "%,d", rate.max()));
        return many + (rate.count() == LimitsSpec.Count.ROWS ? " rows" : "");
    }

    private static String day(LimitsSpec.Rate rate) {
        return rate.day()
                .map(day -> "a day from " + day.at() + " in " + day.zone())
                .orElse("any 24 hours");
    }

    private static String where(When when) {
        return when.always()
                ? ""
                : when.settings().entrySet().stream()
                        .map(setting -> "`" + setting.getKey() + "` is " + String.join(" or ", setting.getValue()))
                        .collect(Collectors.joining(" and ", " where ", ""));
    }

    private List<Meaning> answers() {
        return Stream.concat(
                        file.blocks("errors").stream()
                                .map(error -> new Meaning(
                                        "`" + flow(error.node("when").orElseThrow()) + "`", error.text("class", ""))),
                        Stream.of(new Meaning("any other", "401 auth, 429 rate, else unknown")))
                .toList();
    }

    private List<Meaning> codes() {
        List<Meaning> codes = new ArrayList<>();
        file.block("codes")
                .ifPresent(block -> block.block().entries().stream()
                        .filter(entry -> !entry.key().equals("otherwise"))
                        .forEach(entry -> codes.add(new Meaning("`" + flow(entry.value()) + "`", entry.key()))));
        codes.add(new Meaning("any other", ReadmeBlock.word(spec.codes().otherwise())));
        return codes;
    }

    /** A time in the largest unit that it is a whole number of. */
    static String shown(Duration time) {
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + " ms";
        }
        long seconds = time.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    private static String flow(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Items items ->
                items.items().stream().map(DeclaredFacts::flow).collect(Collectors.joining(", ", "[", "]"));
            case YamlNode.Block block ->
                block.entries().stream()
                        .map(entry -> entry.key() + ": " + flow(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
