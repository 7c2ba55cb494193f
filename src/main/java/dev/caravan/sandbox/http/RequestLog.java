package dev.caravan.sandbox.http;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of all API requests by operation, and the latest {@value #KEPT} of them. Holds no query, header value other than
 * the client name, or body. Thread-safe.
 */
public final class RequestLog {

    private static final int KEPT = 20_000;

    private final Deque<Entry> latest = new ArrayDeque<>();
    private final Map<String, Long> byOperation = new TreeMap<>();
    private long total;

    /**
     * One request.
     *
     * @param status the answer's status, or 0 when the connection was closed without one
     * @param fault the fault that caught it, or empty
     */
    public record Entry(
            long number, Instant at, String method, String path, String operation, int status, String fault) {}

    synchronized void add(Entry entry) {
        total++;
        byOperation.merge(entry.operation(), 1L, Long::sum);
        latest.addLast(entry);
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
    }

    public synchronized long total() {
        return total;
    }

    public synchronized Map<String, Long> byOperation() {
        return new TreeMap<>(byOperation);
    }

    /** The latest requests, oldest first. */
    public synchronized List<Entry> latest() {
        return new ArrayList<>(latest);
    }

    public synchronized void clear() {
        latest.clear();
        byOperation.clear();
        total = 0;
    }
}
