package dev.caravan.config.draft;

import dev.caravan.config.settings.Connections;
import dev.caravan.config.yaml.Findings;
import dev.caravan.config.yaml.Keys;
import dev.caravan.config.yaml.Located;
import dev.caravan.config.yaml.Scalars;
import dev.caravan.config.yaml.Section;
import dev.caravan.config.yaml.YamlNode;
import dev.caravan.config.yaml.YamlNode.Entry;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.problem.Code;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code destination:}. */
final class TargetReader {

    private static final Keys KEYS = Keys.of(
                    "connection", "object", "operation", "key", "on_removed", "adopted", "strategy")
            .later("external_id", "dedupe", "batch_size");
    private static final Pattern OBJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private final ConnectionNames connections;
    private final FieldsReader fields;
    private final Findings findings;

    TargetReader(Connections connections, FieldsReader fields, Findings findings) {
        this.connections = new ConnectionNames(connections, findings);
        this.fields = fields;
        this.findings = findings;
    }

    Optional<TargetDraft> read(YamlNode node) {
        return Section.open(node, "'destination'", KEYS, findings).map(section -> {
            Optional<Entry> key = section.required("key").flatMap(this::keyEntry);
            return new TargetDraft(
                    section.requiredText("connection").filter(connections::destination),
                    section.requiredText("object").flatMap(this::object),
                    word(section, "operation", Operation.UPSERT, "mirror", "add", "remove", "append"),
                    key.flatMap(fields::name),
                    key.flatMap(entry -> fields.keySource(entry.value())),
                    word(section, "on_removed", OnRemoved.NOTHING, "archive"),
                    section.flag("adopted", false),
                    word(section, "strategy", Strategy.AUTO),
                    section.place());
        });
    }

    private Optional<Located<String>> object(Located<String> text) {
        if (OBJECT.matcher(text.value()).matches()) {
            return Optional.of(text);
        }
        findings.report(
                Code.YAML_BAD_VALUE,
                text.place(),
                "'" + text.value() + "' cannot name an object",
                "use its API name, such as Lead or Account_Score__c");
        return Optional.empty();
    }

    private Optional<Entry> keyEntry(YamlNode node) {
        Optional<Section> section = Section.openFree(node, "'key'", findings);
        List<Entry> entries = section.map(found -> found.block().entries()).orElse(List.of());
        if (section.isPresent() && entries.size() != 1) {
            return Scalars.bad(
                    node, "'key' has one field, here are " + entries.size(), "write {Field__c: column}", findings);
        }
        return entries.stream().findFirst();
    }

    private <E extends Enum<E>> E word(Section section, String key, E byDefault, String... later) {
        return section.node(key)
                .flatMap(n -> Scalars.word(n, "'" + key + "'", byDefault.getDeclaringClass(), List.of(later), findings))
                .orElse(byDefault);
    }
}
