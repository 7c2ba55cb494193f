package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.connector.declared.spec.LookupSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The part of a connector's README that its connector.yaml says already, for people. */
final class ReadmeBlock {

    private final ConnectorSpec spec;
    private final View file;
    private final StringBuilder text = new StringBuilder();

    private ReadmeBlock(ConnectorSpec spec, View file) {
        this.spec = spec;
        this.file = file;
    }

    /**
     * The block, without the marks around it.
     *
     * @param file the same connector as it is written, for what is best shown so
     */
    static String of(ConnectorSpec spec, YamlNode file) {
        return new ReadmeBlock(spec, View.of(file).orElseThrow()).text();
    }

    private String text() {
        text.append("## In short\n");
        objects();
        lookups();
        settings();
        limits();
        errors();
        unverified();
        return text.append('\n').toString();
    }

    private void objects() {
        text.append("\n| object | operation | idempotency class | rows together |\n|---|---|---|---|\n");
        for (ObjectSpec object : spec.objects()) {
            String names = object.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            for (OperationSpec operation : object.operations().values()) {
                row(names, word(operation.action()), idempotency(operation), together(operation));
                names = "";
            }
        }
    }

    private void lookups() {
        List<ObjectSpec> found = spec.objects().stream()
                .filter(object -> !object.lookups().isEmpty())
                .toList();
        if (found.isEmpty()) {
            return;
        }
        text.append("\n| records that other rows refer to | by | asked for together |\n|---|---|---|\n");
        for (ObjectSpec object : found) {
            String names = object.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            for (LookupSpec lookup : object.lookups()) {
                String fields = lookup.by().stream().map(by -> "`" + by + "`").collect(Collectors.joining(", "));
                row(
                        names,
                        fields.isEmpty() ? (names.isEmpty() ? "any other" : "any field") : fields,
                        rows(lookup.batch()));
                names = "";
            }
        }
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
                "searched: " + rows(match.batch()) + "; then each record by a request of its step";
            case Strategy.Job job -> "a job of " + rows(job.batch());
        };
        return usual
                + operation
                        .staged()
                        .map(staged -> "; from " + staged.from() + " rows on a job of "
                                + rows(staged.job().batch()))
                        .orElse("");
    }

    private static String rows(BatchSpec batch) {
        String bytes = batch.bytes() == 0 ? "" : String.format(Locale.ROOT, ", %,d bytes", batch.bytes());
        return String.format(Locale.ROOT, "%,d", batch.rows()) + bytes;
    }

    private void settings() {
        text.append("\n| setting | | |\n|---|---|---|\n");
        for (SettingSpec setting : spec.settings()) {
            String values = setting.oneOf().isEmpty() ? "" : "; one of " + String.join(", ", setting.oneOf());
            String need = setting.byDefault()
                    .map(usual -> "`" + usual + "` unless said otherwise")
                    .orElse(setting.required() ? "needed" : "may be left out");
            row("`" + setting.name() + "`", (setting.secret() ? "secret, " : "") + need, setting.about() + values);
        }
    }

    private void limits() {
        LimitsSpec limits = spec.limits();
        text.append("\nLimits: ");
        text.append(limits.concurrency() == 0 ? "" : limits.concurrency() + " requests at a time; ");
        limits.requests()
                .forEach(rate -> text.append(
                        String.format(Locale.ROOT, "%,d in %s%s; ", rate.max(), shown(rate.per()), where(rate))));
        text.append(
                limits.observed().isEmpty()
                        ? "answers tell of none"
                        : "and what answers tell of the allowance that is left");
        text.append(". A request may take ").append(shown(spec.timeout()));
        text.append("; one that was lost may take effect for ")
                .append(shown(spec.zombieWindow()))
                .append(".\n");
    }

    private static String where(LimitsSpec.Rate rate) {
        return rate.when().isEmpty()
                ? ""
                : rate.when().entrySet().stream()
                        .map(when -> "`" + when.getKey() + "` is " + String.join(" or ", when.getValue()))
                        .collect(Collectors.joining(" and ", " where ", ""));
    }

    private void errors() {
        text.append("\n| an answer to a request as a whole | means |\n|---|---|\n");
        file.blocks("errors")
                .forEach(error -> row("`" + flow(error.node("when").orElseThrow()) + "`", error.text("class", "")));
        row("any other", "401 auth, 429 rate, else unknown");
        text.append("\n| the code of a row | means |\n|---|---|\n");
        file.block("codes")
                .ifPresent(codes -> codes.block().entries().stream()
                        .filter(entry -> !entry.key().equals("otherwise"))
                        .forEach(entry -> row("`" + flow(entry.value()) + "`", entry.key())));
        row("any other", word(spec.codes().otherwise()));
    }

    private void unverified() {
        if (!spec.unverified().isEmpty()) {
            text.append("\nUnverified:\n\n");
            spec.unverified().forEach(each -> text.append("- ").append(each).append('\n'));
        }
    }

    private void row(String... cells) {
        for (String cell : cells) {
            text.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        text.append("|\n");
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(Duration time) {
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
                items.items().stream().map(ReadmeBlock::flow).collect(Collectors.joining(", ", "[", "]"));
            case YamlNode.Block block ->
                block.entries().stream()
                        .map(entry -> entry.key() + ": " + flow(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
