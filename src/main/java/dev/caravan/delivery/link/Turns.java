package dev.caravan.delivery.link;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A number of places, given in turn to the parties that wait for one, such as the runs of a connection's mappings: not first come,
 * first served, or ten thousand batches of one would starve the one batch of another. The next place goes to a waiting party that
 * holds fewest, and among those to the one whose turn is longest ago; within a party, first come, first served. Thread-safe.
 */
public final class Turns {

    private final Monitor monitor;
    /** In the order of their turns; only those with somebody waiting. */
    private final Map<Object, Deque<Ticket>> waiting = new LinkedHashMap<>();

    private final Map<Object, Integer> held = new HashMap<>();
    private int places;
    private int taken;

    private static final class Ticket {
        private boolean granted;
    }

    /** So many places, at least one, with nobody waiting. */
    public Turns(int places, Monitor monitor) {
        this.places = places;
        this.monitor = monitor;
    }

    /**
     * Waits for a place, which {@link #give} returns. The stop is asked several times a second.
     *
     * @param party on whose behalf, told apart by {@code equals}
     * @return what ended the wait early, and no place was given then; an interrupt counts as {@code stopped} and stays set
     */
    public Optional<String> take(Object party, StopSignal stop) {
        Ticket ticket = monitor.locked(() -> enqueued(party));
        try {
            while (!monitor.await(() -> ticket.granted, Patience.SLICE)) {
                Optional<String> reason = stop.reason();
                if (reason.isPresent()) {
                    monitor.holding(() -> withdraw(party, ticket));
                    return reason;
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            monitor.holding(() -> withdraw(party, ticket));
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        }
    }

    /** Returns a place. */
    public void give(Object party) {
        monitor.holding(() -> {
            taken--;
            held.computeIfPresent(party, (same, count) -> count == 1 ? null : count - 1);
            grant();
        });
    }

    /** From now on so many places. Places above that stay taken until they are returned. */
    void resize(int now) {
        monitor.holding(() -> {
            places = now;
            grant();
        });
    }

    private Ticket enqueued(Object party) {
        Ticket ticket = new Ticket();
        waiting.computeIfAbsent(party, first -> new ArrayDeque<>()).add(ticket);
        grant();
        return ticket;
    }

    private void grant() {
        while (taken < places && !waiting.isEmpty()) {
            Map.Entry<Object, Deque<Ticket>> next = next();
            Object party = next.getKey();
            Deque<Ticket> line = next.getValue();
            waiting.remove(party);
            line.remove().granted = true;
            if (!line.isEmpty()) {
                // To the end of the round: a party that comes meanwhile waits one turn of each other, and so does this
                // one.
                waiting.put(party, line);
            }
            taken++;
            held.merge(party, 1, Integer::sum);
            monitor.changed();
        }
    }

    private Map.Entry<Object, Deque<Ticket>> next() {
        // The first of those that hold fewest: `min` keeps the order of the turns.
        return Collections.min(waiting.entrySet(), Comparator.comparing(each -> held.getOrDefault(each.getKey(), 0)));
    }

    /** A place granted in the last moment goes on to the next. */
    private void withdraw(Object party, Ticket ticket) {
        if (ticket.granted) {
            give(party);
            return;
        }
        Deque<Ticket> line = waiting.get(party);
        if (line != null && line.remove(ticket) && line.isEmpty()) {
            waiting.remove(party);
        }
    }
}
