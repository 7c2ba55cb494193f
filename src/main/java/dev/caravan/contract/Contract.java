package dev.caravan.contract;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of a model.
 *
 * @param checks row by row; a row that breaks one is quarantined
 * @param freshWithin the newest watermark may be at most this old
 * @param minRows fewer rows than this hold the plan
 * @param maxRows more rows than this hold the plan
 * @param validShare the least share of valid rows, 0 to 1, under which the plan is held
 */
public record Contract(
        List<Check> checks,
        Optional<Duration> freshWithin,
        Optional<Long> minRows,
        Optional<Long> maxRows,
        BigDecimal validShare) {

    /** The share that must be valid where a mapping says nothing: half. */
    public static final BigDecimal DEFAULT_VALID_SHARE = new BigDecimal("0.5");

    /** Only what always holds: keys present and unique, declared types readable. */
    public static final Contract NONE =
            new Contract(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_VALID_SHARE);

    public Contract {
        checks = List.copyOf(checks);
    }
}
