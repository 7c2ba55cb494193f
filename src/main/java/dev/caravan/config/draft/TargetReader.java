package dev.caravan.config.draft;

import dev.caravan.config.draft.TargetDraft.KeyPart;
import dev.caravan.config.settings.Connections;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code destination:}. */
final class TargetReader {

    private static final Keys KEYS = Keys.of(
                    "connection", "object", "operation", "key", "on_removed", "on_unknown", "adopted", "strategy")
            .later("external_id", "dedupe", "batch_size");
    static final Pattern OBJECT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]*(/[A-Za-z0-9_][A-Za-z0-9_.:-]*)*");
    private static final Set<String> INCREMENTS = Set.of("increment", "add_to", "count");

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
            Operation operation = operation(section);
            return new TargetDraft(
                    section.requiredText("connection").filter(connections::destination),
                    section.requiredText("object").flatMap(this::object),
                    operation,
                    section.required("key").map(this::key).orElse(List.of()),
                    onRemoved(section, operation),
                    onUnknown(section, operation),
                    section.flag("adopted", false) || operation == Operation.MIRROR,
                    word(section, "strategy", Strategy.AUTO),
                    section.place());
        });
    }

    /** An increment is refused for what it is: whether a lost one arrived could never be told (class F). */
    private Operation operation(Section section) {
        boolean increment = section.node("operation")
                .filter(YamlNode.Scalar.class::isInstance)
                .map(YamlNode.Scalar.class::cast)
                .filter(word -> INCREMENTS.contains(word.text().strip().toLowerCase(Locale.ROOT)))
                .isPresent();
        if (increment) {
            findings.report(
                    Code.TARGET_INCREMENT,
                    section.node("operation").orElseThrow().place(),
                    "an increment cannot be sent safely: when an answer is lost, nobody can tell whether it was added",
                    "let the model compute the total, and upsert that");
            return Operation.UPSERT;
        }
        return word(section, "operation", Operation.UPSERT);
    }

    /** Only records that are kept up to date can be cleared; what is mirrored is gone with its row. */
    private OnRemoved onRemoved(Section section, Operation operation) {
        OnRemoved usual = operation == Operation.MIRROR ? OnRemoved.DELETE : OnRemoved.NOTHING;
        OnRemoved said = word(section, "on_removed", usual);
        boolean fits = switch (operation) {
            case UPSERT, UPDATE, INSERT -> true;
            case MIRROR -> said == OnRemoved.DELETE || said == OnRemoved.ARCHIVE;
            case ADD, REMOVE, APPEND -> said == OnRemoved.NOTHING;
        };
        if (!fits) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.node("on_removed").map(YamlNode::place).orElse(section.place()),
                    "'on_removed: " + said.name().toLowerCase(Locale.ROOT) + "' does not go with operation: "
                            + operation.name().toLowerCase(Locale.ROOT),
                    operation == Operation.ADD
                            ? "operation: mirror adds members and takes out those whose rows left"
                            : "take the line away");
            return usual;
        }
        return said;
    }

    private OnUnknown onUnknown(Section section, Operation operation) {
        if (section.node("on_unknown").isPresent() && !operation.isOnce()) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.node("on_unknown").get().place(),
                    "'on_unknown' is only asked of inserts: any other write may be sent again without harm",
                    "take the line away");
        }
        return word(section, "on_unknown", OnUnknown.HOLD);
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

    private List<KeyPart> key(YamlNode node) {
        Optional<Section> section = Section.openFree(node, "'key'", findings);
        List<Entry> entries = section.map(found -> found.block().entries()).orElse(List.of());
        if (section.isPresent() && entries.isEmpty()) {
            Scalars.bad(node, "'key' names no field", "write {Field__c: column}", findings);
        }
        return entries.stream()
                .map(entry -> new KeyPart(fields.name(entry), fields.keySource(entry.value())))
                .toList();
    }

    private <E extends Enum<E>> E word(Section section, String key, E byDefault, String... later) {
        return section.node(key)
                .flatMap(n -> Scalars.word(n, "'" + key + "'", byDefault.getDeclaringClass(), List.of(later), findings))
                .orElse(byDefault);
    }
}
