package dev.caravan.config.draft;

import dev.caravan.config.draft.ContractDraft.CheckDraft;
import dev.caravan.contract.Contract;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code contract:}. */
final class ContractReader {

    private static final Keys KEYS =
            Keys.of("checks", "fresh_within", "rows", "valid_share").later("odcs", "schema");
    private static final Keys ROWS = Keys.of("min", "max");

    private final Findings findings;

    ContractReader(Findings findings) {
        this.findings = findings;
    }

    ContractDraft read(YamlNode node) {
        return Section.open(node, "'contract'", KEYS, findings)
                .map(this::contract)
                .orElse(ContractDraft.NONE);
    }

    private ContractDraft contract(Section section) {
        Optional<Section> rows = section.node("rows").flatMap(n -> Section.open(n, "'rows'", ROWS, findings));
        Optional<Long> min = rows.flatMap(r -> count(r, "min"));
        Optional<Long> max = rows.flatMap(r -> count(r, "max"));
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            findings.report(
                    Code.CONTRACT_CHECK,
                    rows.get().placeOf("max"),
                    "the most rows are fewer than the least",
                    "swap min and max");
        }
        return new ContractDraft(
                section.node("checks").map(this::checks).orElse(List.of()),
                section.node("fresh_within")
                        .flatMap(n -> Amounts.duration(n, "'fresh_within'", findings))
                        .map(age -> new Located<>(age, section.placeOf("fresh_within"))),
                min,
                max,
                section.node("valid_share")
                        .flatMap(n -> Amounts.share(n, "'valid_share'", findings))
                        .orElse(Contract.DEFAULT_VALID_SHARE));
    }

    private Optional<Long> count(Section rows, String key) {
        return rows.node(key).flatMap(n -> Scalars.whole(n, "'" + key + "'", 0, Long.MAX_VALUE, findings));
    }

    private List<CheckDraft> checks(YamlNode node) {
        if (!(node instanceof Items list)) {
            Scalars.wrong(node, "'checks' is a list", "write '- {not_null: column}' lines", findings);
            return List.of();
        }
        CheckReader reader = new CheckReader(findings);
        List<CheckDraft> checks = new ArrayList<>();
        list.items().forEach(item -> checks.addAll(reader.read(item)));
        return checks;
    }
}
