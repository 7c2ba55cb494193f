package dev.caravan.sandbox.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The faults in force, in the order they were ordered. A request meets the first rule that catches it and has passes or
 * catches left; rules it only passes by still count it. Thread-safe: two requests never share one catch.
 */
public final class Faults {

    private final List<Entry> entries = new ArrayList<>();

    /** A rule in short and how often it was met. */
    public record Status(String name, String action, int seen, int fired) {}

    private static final class Entry {
        private final Fault fault;
        private int seen;
        private int fired;

        Entry(Fault fault) {
            this.fault = fault;
        }
    }

    public synchronized void add(Fault fault) {
        entries.add(new Entry(fault));
    }

    public synchronized void clear() {
        entries.clear();
    }

    /** Every rule with its counters, spent ones included. */
    public synchronized List<Status> list() {
        return entries.stream()
                .map(entry -> new Status(
                        entry.fault.name(), entry.fault.action().getClass().getSimpleName(), entry.seen, entry.fired))
                .toList();
    }

    /** The action for this request, spending one catch of its rule; empty when no rule wants it. */
    public synchronized Optional<FaultAction> take(Probe probe) {
        Optional<FaultAction> taken = Optional.empty();
        for (Entry entry : entries) {
            if (!entry.fault.catches(probe)) {
                continue;
            }
            entry.seen++;
            if (taken.isEmpty() && entry.seen > entry.fault.after() && entry.fired < entry.fault.times()) {
                entry.fired++;
                taken = Optional.of(entry.fault.action());
            }
        }
        return taken;
    }
}
