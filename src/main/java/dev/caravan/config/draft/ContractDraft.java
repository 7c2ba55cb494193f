package dev.caravan.config.draft;

import dev.caravan.contract.Check;
import dev.caravan.contract.Contract;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Located;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A contract as written, without the checks that have a problem. */
public record ContractDraft(
        List<CheckDraft> checks,
        Optional<Located<Duration>> freshWithin,
        Optional<Long> minRows,
        Optional<Long> maxRows,
        BigDecimal validShare) {

    /** No contract written. */
    static final ContractDraft NONE = new ContractDraft(
            List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Contract.DEFAULT_VALID_SHARE);

    public ContractDraft {
        checks = List.copyOf(checks);
    }

    /**
     * One check.
     *
     * @param columns the columns it names, each at its place
     * @param values the places of accepted values, in their order; empty for other checks
     */
    public record CheckDraft(Check check, List<Located<String>> columns, List<Place> values) {
        public CheckDraft {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }
    }
}
