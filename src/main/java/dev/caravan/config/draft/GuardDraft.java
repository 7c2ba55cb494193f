package dev.caravan.config.draft;

import dev.caravan.yaml.Located;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Guardrails as written; what is absent was not written or has a problem. */
public record GuardDraft(
        Optional<BigDecimal> maxChanged,
        Optional<BigDecimal> maxRemoved,
        Optional<BigDecimal> maxCleared,
        Optional<BigDecimal> minRows,
        Optional<Long> maxFirstSync,
        Optional<BigDecimal> maxResent,
        List<FieldGuard> fields) {

    /** No guardrails written. */
    static final GuardDraft NONE = new GuardDraft(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public GuardDraft {
        fields = List.copyOf(fields);
    }

    /** Limits of one field. */
    public record FieldGuard(Located<String> field, Optional<Located<BigDecimal>> deadBand) {}
}
