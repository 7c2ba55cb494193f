package dev.caravan.config.draft;

import dev.caravan.config.draft.TargetDraft.KeyPart;
import dev.caravan.config.settings.Connections;
import dev.caravan.mapping.Target.OnRekeyed;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.Section;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code destination:}. */
final class TargetReader {

    private final ConnectionNames connections;
    private final FieldsReader fields;
    private final Findings findings;

    TargetReader(Connections connections, FieldsReader fields, Findings findings) {
        this.connections = new ConnectionNames(connections, findings);
        this.fields = fields;
        this.findings = findings;
    }

    TargetDraft read(Section section) {
        Operation operation = section.word("operation", Operation.class).orElse(Operation.UPSERT);
        return new TargetDraft(
                section.text("connection").filter(connections::destination),
                section.text("object"),
                operation,
                key(section),
                onRemoved(section, operation),
                onUnknown(section, operation),
                onRekeyed(section, operation),
                resendEvery(section, operation),
                section.flag("adopted", false),
                section.word("strategy", Strategy.class).orElse(Strategy.AUTO),
                section.place());
    }

    /** Only records that are kept up to date can be cleared; what is mirrored is gone with its row. */
    private OnRemoved onRemoved(Section section, Operation operation) {
        OnRemoved usual = operation == Operation.MIRROR ? OnRemoved.DELETE : OnRemoved.NOTHING;
        OnRemoved said = section.word("on_removed", OnRemoved.class).orElse(usual);
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
        return section.word("on_unknown", OnUnknown.class).orElse(OnUnknown.HOLD);
    }

    private OnRekeyed onRekeyed(Section section, Operation operation) {
        if (section.node("on_rekeyed").isPresent() && operation != Operation.UPSERT) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.node("on_rekeyed").get().place(),
                    "'on_rekeyed' is only asked of upserts: no other operation could leave two records of one row",
                    "take the line away");
        }
        return section.word("on_rekeyed", OnRekeyed.class).orElse(OnRekeyed.HOLD);
    }

    private Optional<Duration> resendEvery(Section section, Operation operation) {
        if (section.node("resend_every").isPresent() && !operation.mayBeRepeated()) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.node("resend_every").get().place(),
                    operation.isOnce()
                            ? "'resend_every' would send the same row a second time, which operation: "
                                    + operation.name().toLowerCase(Locale.ROOT) + " never does"
                            : "'resend_every' is only asked of what lasts: who was taken out stays out",
                    "take the line away");
        }
        return section.duration("resend_every");
    }

    private List<KeyPart> key(Section section) {
        return section.entries("key").stream()
                .map(entry -> new KeyPart(
                        Optional.of(new Located<>(entry.key(), entry.place())),
                        fields.keySource(entry.value()),
                        fields.isPrivate(entry.value())))
                .toList();
    }
}
