package dev.caravan.scenario.kill.point;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts how often each point of a run is passed, and stops the thread that passes one of them for the n-th time: its process says so on
 * its standard output and is killed there. Other threads go on meanwhile. Thread-safe.
 *
 * @param point where; empty for nowhere
 */
record Tripwire(String point, int nth, Map<String, AtomicInteger> passed) {

    static final Tripwire NONE = new Tripwire("", 0);

    Tripwire(String point, int nth) {
        this(point, nth, new ConcurrentHashMap<>());
    }

    /** Passes a point, or stays there for ever. */
    void pass(String name) {
        int times = passed.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
        if (name.equals(point) && times == nth) {
            System.out.println("at " + name);
            System.out.flush();
            while (true) {
                LockSupport.park(this);
            }
        }
    }

    /** How often a point was passed. */
    int times(String name) {
        return passed.getOrDefault(name, new AtomicInteger()).get();
    }
}
