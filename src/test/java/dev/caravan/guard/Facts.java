package dev.caravan.guard;

import dev.caravan.contract.CheckResult;
import dev.caravan.contract.Contract;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evidence in the making: a quiet run over 1,000 live rows, unless a test says otherwise. */
final class Facts {

    Contract contract = Contract.NONE;
    long rows = 1_000;
    long invalid;
    long nullKeys;
    boolean firstSync;
    long live = 1_000;
    Optional<Long> lastGood = Optional.of(1_000L);
    long added;
    long changed;
    long edited;
    long backfilled;
    long renewed;
    long overdue;
    long removed;
    long gone;
    Map<String, Long> cleared = Map.of();
    Optional<Duration> age = Optional.empty();

    Evidence evidence() {
        return new Evidence(
                contract,
                new CheckResult(rows, invalid, nullKeys, Map.of(), List.of(), Optional.empty()),
                firstSync,
                live,
                lastGood,
                added,
                changed,
                edited,
                backfilled,
                renewed,
                overdue,
                removed,
                gone,
                cleared,
                age);
    }

    /** The names of the guards that hold the plan, with these limits. */
    List<String> heldBy(Guardrails limits) {
        return Guards.of(limits).judge(evidence()).stream()
                .filter(Verdict.Held.class::isInstance)
                .map(Verdict::guard)
                .toList();
    }

    List<String> heldBy() {
        return heldBy(Guardrails.DEFAULT);
    }

    static Guardrails maxChanged(String share) {
        return limits(Optional.of(new BigDecimal(share)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Guardrails maxRemoved(String share) {
        return limits(Optional.empty(), Optional.of(new BigDecimal(share)), Optional.empty(), Optional.empty());
    }

    static Guardrails maxCleared(String share) {
        return limits(Optional.empty(), Optional.empty(), Optional.of(new BigDecimal(share)), Optional.empty());
    }

    static Guardrails minRows(String share) {
        return limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new BigDecimal(share)));
    }

    private static Guardrails limits(
            Optional<BigDecimal> changed,
            Optional<BigDecimal> removed,
            Optional<BigDecimal> cleared,
            Optional<BigDecimal> minRows) {
        return new Guardrails(changed, removed, cleared, minRows, Optional.empty(), Optional.empty(), Map.of());
    }

    static Contract contract(Optional<Duration> fresh, Optional<Long> min, Optional<Long> max, String validShare) {
        return new Contract(List.of(), fresh, min, max, new BigDecimal(validShare));
    }
}
