package dev.caravan.config.draft;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What a mapping promises. Read and checked; nothing measures it yet.
 *
 * @param freshWithin the most time from a row's change to its acceptance
 * @param accepted the least share of planned rows that are accepted
 * @param defectFree the least share of rows without a defect
 */
public record Slo(Optional<Duration> freshWithin, Optional<BigDecimal> accepted, Optional<BigDecimal> defectFree) {

    /** Nothing promised. */
    public static final Slo NONE = new Slo(Optional.empty(), Optional.empty(), Optional.empty());
}
