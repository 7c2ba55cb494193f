package dev.caravan.config.draft;

import dev.caravan.config.draft.ContractDraft.CheckDraft;
import dev.caravan.contract.Contract;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.Section;
import java.util.List;
import java.util.Optional;

/** Reads {@code contract:}. */
final class ContractReader {

    private final Findings findings;

    ContractReader(Findings findings) {
        this.findings = findings;
    }

    ContractDraft read(Section section) {
        Optional<Section> rows = section.section("rows");
        Optional<Long> min = rows.flatMap(r -> r.whole("min"));
        Optional<Long> max = rows.flatMap(r -> r.whole("max"));
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            findings.report(
                    Code.CONTRACT_CHECK,
                    rows.get().placeOf("max"),
                    "the most rows are fewer than the least",
                    "swap min and max");
        }
        return new ContractDraft(
                checks(section),
                section.duration("fresh_within").map(age -> new Located<>(age, section.placeOf("fresh_within"))),
                min,
                max,
                section.share("valid_share").orElse(Contract.DEFAULT_VALID_SHARE));
    }

    private List<CheckDraft> checks(Section section) {
        CheckReader reader = new CheckReader(findings);
        return section.nodes("checks").stream()
                .flatMap(item -> reader.read(item).stream())
                .toList();
    }
}
