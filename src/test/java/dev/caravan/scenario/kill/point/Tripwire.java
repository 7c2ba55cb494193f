package dev.caravan.scenario.kill.point;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often each point of a run is passed, and stops the thread that passes one of them for the n-th time: its process says so on
 * its standard output and is killed there. Other threads go on meanwhile. Thread-safe.
 *
 * @param point where; empty for nowhere
 */
public record Tripwire(String point, int nth, Map<String, AtomicInteger> passed) {

    public static final Tripwire NONE = new Tripwire("", 0);

    /** One that nobody has passed yet. */
    public Tripwire(String point, int nth) {
        this(point, nth, new ConcurrentHashMap<>());
    }

    /** Passes a point, or stays there until the parent writes something, if ever. */
    public void pass(String name) {
        int times = passed.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
        if (name.equals(point) && times == nth) {
            System.out.println("at " + name);
            System.out.flush();
            try {
                int unused = System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How often a point was passed. */
    int times(String name) {
        return passed.getOrDefault(name, new AtomicInteger()).get();
    }
}
