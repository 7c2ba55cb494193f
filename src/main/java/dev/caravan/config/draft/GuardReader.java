package dev.caravan.config.draft;

import dev.caravan.config.draft.GuardDraft.FieldGuard;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.Section;

/** Reads {@code guardrails:}: limits of the plan by name, limits of a field below the field's name. */
record GuardReader(Findings findings) {

    GuardDraft read(Section section) {
        return new GuardDraft(
                section.share("max_changed"),
                section.share("max_removed"),
                section.share("max_cleared"),
                section.share("min_rows"),
                section.whole("max_first_sync"),
                section.share("max_resent"),
                section.block().entries().stream()
                        .filter(GuardReader::ofField)
                        .flatMap(entry -> Section.of(entry.value(), findings).map(each -> field(entry, each)).stream())
                        .toList());
    }

    private static boolean ofField(Entry entry) {
        return entry.value() instanceof Block
                && ContractShapes.GUARDRAILS.key(entry.key()).isEmpty()
                && !ContractShapes.GUARDRAILS.later().contains(entry.key());
    }

    private static FieldGuard field(Entry entry, Section section) {
        return new FieldGuard(
                new Located<>(entry.key(), entry.place()),
                section.number("dead_band").map(band -> new Located<>(band, section.placeOf("dead_band"))));
    }
}
