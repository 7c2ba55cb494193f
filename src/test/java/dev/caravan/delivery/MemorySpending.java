package dev.caravan.delivery;

import dev.caravan.ledger.Spending;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was taken, as long as this lives: handed to the next stack, it is a restart. */
public final class MemorySpending implements Spending {

    private final Map<Purse, NavigableMap<Instant, Long>> purses = new HashMap<>();

    @Override
    public synchronized Taken take(Purse purse, Instant since, long most, long amount, Instant at) {
        of(purse).headMap(since.minus(KEPT), true).clear();
        NavigableMap<Instant, Long> stretches = of(purse).tailMap(since, false);
        boolean granted = new Taken(false, stretches).sum() + amount <= most;
        if (granted) {
            add(purse, amount, at);
        }
        return new Taken(granted, new TreeMap<>(stretches));
    }

    @Override
    public synchronized void add(Purse purse, long amount, Instant at) {
        of(purse).merge(Spending.stretch(at), amount, Long::sum);
    }

    private NavigableMap<Instant, Long> of(Purse purse) {
        return purses.computeIfAbsent(purse, none -> new TreeMap<>());
    }
}
