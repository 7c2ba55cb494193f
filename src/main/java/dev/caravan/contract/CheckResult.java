package dev.caravan.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the contract found in one staged generation.
 *
 * @param rows all rows read
 * @param invalid rows quarantined, each counted once
 * @param nullKeys rows with an unreadable key; while there are any, the run makes no removals
 * @param byReason quarantined rows by reason, a row under each of its reasons; reasons are stable words such as
 *     {@code null_key}, {@code duplicate_key}, {@code not_null:email}, {@code range:score}, {@code type:age}
 * @param samples the first quarantined rows, at most {@link #NAMED}
 * @param newest the newest watermark, if the model has one
 */
public record CheckResult(
        long rows,
        long invalid,
        long nullKeys,
        Map<String, Long> byReason,
        List<Quarantined> samples,
        Optional<Instant> newest) {

    /** How many quarantined rows are named at most. */
    public static final int NAMED = 1_000;

    /** A row that is not sent, and why. The key is as people read it, empty where it is null. */
    public record Quarantined(String key, List<String> reasons) {}

    /** Rows that keep the contract. */
    public long valid() {
        return rows - invalid;
    }
}
