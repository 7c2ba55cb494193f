package dev.caravan.config.draft;

import dev.caravan.config.draft.GuardDraft.FieldGuard;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code guardrails:}: limits of the plan by name, limits of a field below the field's name. */
final class GuardReader {

    private static final Keys KEYS = Keys.of("max_changed", "max_removed", "max_cleared", "min_rows", "max_first_sync")
            .later("holdout", "score_drift", "max_age", "quota_share");
    private static final Keys FIELD_KEYS = Keys.of("dead_band").later("max_writes_per_day", "max_step", "min_interval");

    private final Set<String> fields;
    private final Findings findings;

    /** A reader for a mapping with these fields. */
    GuardReader(Set<String> fields, Findings findings) {
        this.fields = fields;
        this.findings = findings;
    }

    GuardDraft read(YamlNode node) {
        Optional<Section> opened = Section.openFree(node, "'guardrails'", findings);
        if (opened.isEmpty()) {
            return GuardDraft.NONE;
        }
        Section section = opened.get();
        List<FieldGuard> guards = new ArrayList<>();
        for (Entry entry : section.block().entries()) {
            boolean named = KEYS.known().contains(entry.key()) || KEYS.later().contains(entry.key());
            if (!named && (entry.value() instanceof Block || fields.contains(entry.key()))) {
                field(entry).ifPresent(guards::add);
            } else {
                section.refuseUnknown(entry, KEYS);
            }
        }
        return new GuardDraft(
                share(section, "max_changed"),
                share(section, "max_removed"),
                share(section, "max_cleared"),
                share(section, "min_rows"),
                section.node("max_first_sync")
                        .flatMap(n -> Scalars.whole(n, "'max_first_sync'", 0, Integer.MAX_VALUE, findings)),
                guards);
    }

    private Optional<BigDecimal> share(Section section, String key) {
        return section.node(key).flatMap(node -> Amounts.share(node, "'" + key + "'", findings));
    }

    private Optional<FieldGuard> field(Entry entry) {
        return Section.open(entry.value(), "a field's guardrails", FIELD_KEYS, findings)
                .map(section -> new FieldGuard(
                        new Located<>(entry.key(), entry.place()),
                        section.node("dead_band")
                                .flatMap(this::deadBand)
                                .map(band -> new Located<>(band, section.placeOf("dead_band")))));
    }

    private Optional<BigDecimal> deadBand(YamlNode node) {
        Optional<BigDecimal> band = Scalars.number(node, "'dead_band'", findings);
        boolean positive = band.map(value -> value.signum() > 0).orElse(true);
        return positive ? band : Scalars.bad(node, "'dead_band' is more than 0", "remove it to send all", findings);
    }
}
