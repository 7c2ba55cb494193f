package dev.caravan.config.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How hard a connection may be used.
 *
 * @param requestsPerSecond more than zero
 * @param concurrency requests at the same time, at least one
 * @param dailyQuotaShare the share of the account's daily quota that we may use up, 0 to 1
 * @param window the most requests in any stretch of some length, beside those a second
 * @param day the most requests of a day
 */
public record Limits(
        BigDecimal requestsPerSecond,
        int concurrency,
        BigDecimal dailyQuotaShare,
        Optional<Window> window,
        Optional<Day> day) {

    /** What holds where a connection says nothing: 20 a second, 4 at a time, 70 % of the quota. */
    public static final Limits DEFAULT = new Limits(BigDecimal.valueOf(20), 4, new BigDecimal("0.7"), Optional.empty());

    /** Limits without a day. */
    public Limits(BigDecimal requestsPerSecond, int concurrency, BigDecimal dailyQuotaShare, Optional<Window> window) {
        this(requestsPerSecond, concurrency, dailyQuotaShare, window, Optional.empty());
    }

    /**
     * So many requests a day.
     *
     * @param at when a day begins by the zone's clocks
     * @param zone without one any 24 hours count
     */
    public record Day(long requests, LocalTime at, Optional<ZoneId> zone) {}

    /** So many requests, at least one, in any stretch of this length. */
    public record Window(int requests, Duration per) {}
}
