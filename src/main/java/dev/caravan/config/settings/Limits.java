package dev.caravan.config.settings;

import java.math.BigDecimal;

/**
 * How hard a connection may be used.
 *
 * @param requestsPerSecond more than zero
 * @param concurrency requests at the same time, at least one
 * @param dailyQuotaShare the share of the account's daily quota that we may use up, 0 to 1
 */
public record Limits(BigDecimal requestsPerSecond, int concurrency, BigDecimal dailyQuotaShare) {

    /** What holds where a connection says nothing: 20 a second, 4 at a time, 70 % of the quota. */
    public static final Limits DEFAULT = new Limits(BigDecimal.valueOf(20), 4, new BigDecimal("0.7"));
}
