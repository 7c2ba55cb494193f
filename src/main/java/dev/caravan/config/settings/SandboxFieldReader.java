package dev.caravan.config.settings;

import dev.caravan.config.settings.SandboxFile.FieldEntry;
import dev.caravan.config.settings.SandboxFile.FieldKind;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode.Entry;
import java.util.List;
import java.util.Optional;

/** Reads the custom fields of one sandbox object. */
final class SandboxFieldReader {

    private static final Keys KEYS = Keys.of(
                    "type",
                    "label",
                    "length",
                    "precision",
                    "scale",
                    "required",
                    "external_id",
                    "unique",
                    "case_sensitive",
                    "values",
                    "restricted",
                    "default",
                    "references")
            .later("formula", "controls");
    private static final int LONGEST = 131_072;
    private static final int DIGITS = 18;

    private final Findings findings;

    SandboxFieldReader(Findings findings) {
        this.findings = findings;
    }

    List<FieldEntry> read(Section fields) {
        return fields.block().entries().stream()
                .flatMap(entry -> field(entry).stream())
                .toList();
    }

    private Optional<FieldEntry> field(Entry entry) {
        if (!entry.key().matches("[A-Za-z][A-Za-z0-9_]*__c")) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    entry.place(),
                    "'" + entry.key() + "' is not the name of a custom field",
                    "end it in __c; standard fields are there already");
        }
        Optional<Section> opened = Section.open(entry.value(), "a field", KEYS, findings);
        Optional<FieldKind> type = opened.flatMap(section -> section.required("type"))
                .flatMap(node -> Scalars.word(
                        node, "'type'", FieldKind.class, List.of("multipicklist", "formula", "geolocation"), findings));
        return opened.flatMap(section -> type.map(found -> field(entry.key(), found, section)));
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
        List<String> values = type == FieldKind.PICKLIST
                ? section.required("values")
                        .flatMap(node -> Scalars.texts(node, "'values'", findings))
                        .map(texts -> texts.stream().map(Located::value).toList())
                        .orElse(List.of())
                : List.of();
        return new FieldEntry(
                name,
                type,
                text(section, "label"),
                whole(section, "length", 1, LONGEST),
                whole(section, "precision", 1, DIGITS),
                whole(section, "scale", 0, DIGITS - 1),
                section.flag("required", false),
                section.flag("external_id", false),
                section.flag("unique", false),
                section.flag("case_sensitive", false),
                values,
                section.flag("restricted", false),
                text(section, "default"),
                type == FieldKind.LOOKUP ? section.requiredText("references").map(Located::value) : Optional.empty());
    }

    private void fits(Section section, String key, boolean fitting, String message) {
        if (section.has(key) && !fitting) {
            findings.report(Code.YAML_BAD_VALUE, section.placeOf(key), message, "remove '" + key + "'");
        }
    }

    private Optional<String> text(Section section, String key) {
        return section.text(key).map(Located::value);
    }

    private Optional<Integer> whole(Section section, String key, int min, int max) {
        return section.node(key)
                .flatMap(node -> Scalars.whole(node, "'" + key + "'", min, max, findings))
                .map(Math::toIntExact);
    }
}
