package dev.caravan.config.settings;

import dev.caravan.config.settings.SandboxFile.FieldEntry;
import dev.caravan.config.settings.SandboxFile.FieldKind;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.Section;
import java.util.List;
import java.util.Optional;

/** Reads the custom fields of one sandbox object. */
final class SandboxFieldReader {

    private final Findings findings;

    SandboxFieldReader(Findings findings) {
        this.findings = findings;
    }

    List<FieldEntry> read(List<Entry> fields) {
        return fields.stream().flatMap(entry -> field(entry).stream()).toList();
    }

    private Optional<FieldEntry> field(Entry entry) {
        return Section.of(entry.value(), findings)
                .flatMap(section ->
                        section.word("type", FieldKind.class).map(type -> field(entry.key(), type, section)));
    }

    private FieldEntry field(String name, FieldKind type, Section section) {
        fits(section, "length", type.sized(), "only text has a length");
        fits(section, "precision", type.numeric(), "only numbers have digits");
        fits(section, "scale", type.numeric(), "only numbers have digits");
        fits(section, "values", type == FieldKind.PICKLIST, "only a picklist has values");
        fits(section, "references", type == FieldKind.LOOKUP, "only a lookup refers to an object");
        if (section.flag("external_id", false)) {
            fits(section, "external_id", type.identifying(), "only text, email and number can be an external id");
        }
        asked(section, "values", type == FieldKind.PICKLIST);
        asked(section, "references", type == FieldKind.LOOKUP);
        List<String> values = type == FieldKind.PICKLIST
                ? section.texts("values").stream().map(Located::value).toList()
                : List.of();
        return new FieldEntry(
                name,
                type,
                text(section, "label"),
                whole(section, "length"),
                whole(section, "precision"),
                whole(section, "scale"),
                section.flag("required", false),
                section.flag("external_id", false),
                section.flag("unique", false),
                section.flag("case_sensitive", false),
                values,
                section.flag("restricted", false),
                text(section, "default"),
                type == FieldKind.LOOKUP ? text(section, "references") : Optional.empty());
    }

    private void fits(Section section, String key, boolean fitting, String message) {
        if (section.has(key) && !fitting) {
            findings.report(Code.YAML_BAD_VALUE, section.placeOf(key), message, "remove '" + key + "'");
        }
    }

    private void asked(Section section, String key, boolean asked) {
        if (asked && !section.has(key)) {
            findings.report(
                    Code.YAML_MISSING_KEY, section.place(), "a field needs '" + key + "'", "add '" + key + ": …'");
        }
    }

    private static Optional<String> text(Section section, String key) {
        return section.text(key).map(Located::value);
    }

    private static Optional<Integer> whole(Section section, String key) {
        return section.whole(key).map(Math::toIntExact);
    }
}
