package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The daily allowance of API requests: counted from the first request of a day on the sandbox's clock, empty again 24 hours
 * later. The limits answer rests on documentation alone; the header is recorded. Thread-safe.
 */
final class Limits {

    private static final Duration DAY = Duration.ofHours(24);

    private final int max;
    private final InstantSource clock;
    private Instant since = Instant.EPOCH;
    private int used;

    Limits(int max, InstantSource clock) {
        this.max = max;
        this.clock = clock;
    }

    /** Counts a request; false when the allowance was used up before it. */
    synchronized boolean spend() {
        roll();
        if (used >= max) {
            return false;
        }
        used++;
        return true;
    }

    synchronized void exhaust() {
        roll();
        used = max;
    }

    synchronized void reset() {
        used = 0;
    }

    synchronized int used() {
        roll();
        return used;
    }

    int max() {
        return max;
    }

    /** The value of {@code Sforce-Limit-Info}. */
    String header() {
        return "api-usage=" + used() + "/" + max;
    }

    /** The body of {@code GET /limits}. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        put(json, "DailyApiRequests", max, Math.max(0, max - used()));
        put(json, "DailyBulkApiBatches", 15_000, 15_000);
        put(json, "DailyBulkV2QueryJobs", 10_000, 10_000);
        put(json, "DataStorageMB", 1_024, 1_024);
        return json;
    }

    private static void put(ObjectNode json, String name, int max, int remaining) {
        json.putObject(name).put("Max", max).put("Remaining", remaining);
    }

    private void roll() {
        Instant now = clock.instant();
        if (now.isAfter(since.plus(DAY))) {
            since = now;
            used = 0;
        }
    }
}
