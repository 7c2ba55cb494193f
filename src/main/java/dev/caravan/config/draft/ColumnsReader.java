package dev.caravan.config.draft;

import dev.caravan.model.ColumnDeclaration;
import dev.caravan.problem.Code;
import dev.caravan.row.ValueType;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Scalar;
import dev.caravan.yaml.shape.Section;
import dev.caravan.yaml.shape.View;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code columns:} of one model. */
final class ColumnsReader {

    private final Findings findings;
    private final Map<String, ColumnDeclaration> declared = new LinkedHashMap<>();
    private final List<Located<String>> names = new ArrayList<>();
    private final Set<String> undecided = new LinkedHashSet<>();

    ColumnsReader(Findings findings) {
        this.findings = findings;
    }

    void read(List<Entry> columns) {
        columns.forEach(this::column);
    }

    Map<String, ColumnDeclaration> declared() {
        return declared;
    }

    List<Located<String>> names() {
        return names;
    }

    Set<String> undecided() {
        return undecided;
    }

    private void column(Entry entry) {
        names.add(new Located<>(entry.key(), entry.place()));
        Optional<ColumnDeclaration> declaration = entry.value() instanceof Scalar
                ? type(entry.value()).map(type -> new ColumnDeclaration(type, Optional.empty()))
                : Section.of(entry.value(), findings).flatMap(this::declaration);
        declaration.ifPresentOrElse(found -> declared.put(entry.key(), found), () -> undecided.add(entry.key()));
    }

    private Optional<ColumnDeclaration> declaration(Section section) {
        Optional<ValueType> type = section.node("type").flatMap(this::type);
        Optional<ZoneId> zone =
                section.node("zone").flatMap(node -> Amounts.zone(node, "'zone'", Code.MODEL_ZONE_UNKNOWN, findings));
        if (type.isEmpty() || (section.has("zone") && zone.isEmpty())) {
            return Optional.empty();
        }
        if (zone.isPresent() && type.get() != ValueType.TIMESTAMP) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.placeOf("zone"),
                    "only a timestamp without a zone needs one",
                    "remove it, or write type: timestamp");
            return Optional.empty();
        }
        return Optional.of(new ColumnDeclaration(type.get(), zone));
    }

    private Optional<ValueType> type(YamlNode node) {
        return View.text(node)
                .filter(any -> findings.sound(node))
                .flatMap(text -> View.wordOf(text.value(), ValueType.class));
    }
}
