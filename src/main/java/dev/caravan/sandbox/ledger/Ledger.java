package dev.caravan.sandbox.ledger;

import java.util.ArrayList;
import java.util.List;

/** Every write that any API applied, in the order of application. A request that is undone leaves nothing. Thread-safe. */
public final class Ledger {

    private final List<WriteEntry> entries = new ArrayList<>();

    /** Appends writes together, each with the next number instead of its own. */
    public synchronized void append(List<WriteEntry> writes) {
        for (WriteEntry write : writes) {
            entries.add(write.numbered(entries.size() + 1L));
        }
    }

    /** Every write so far, oldest first. */
    public synchronized List<WriteEntry> all() {
        return List.copyOf(entries);
    }

    public synchronized int size() {
        return entries.size();
    }

    public synchronized void clear() {
        entries.clear();
    }
}
