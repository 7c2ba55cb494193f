package dev.caravan.simulation;

import dev.caravan.mapping.MappingId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the model had when a run read it. A run may remove only what had left by then, however late its requests leave (I6). */
final class Reads {

    private final Map<String, Set<String>> newest = new HashMap<>();
    private final Map<Long, Set<String>> byRun = new HashMap<>();

    /** A process reads all keys that there are, valid or not. */
    void read(Host host, MappingId mapping, Set<String> keys) {
        newest.put(host.name() + "/" + mapping, Set.copyOf(keys));
    }

    /** It was this run that read: a process has one at a time for a mapping. */
    void by(long run, Host host, MappingId mapping) {
        byRun.put(run, newest.get(host.name() + "/" + mapping));
    }

    /** A run delivers the plan of another one. */
    void takenOver(long run, long from) {
        byRun.put(run, byRun.get(from));
    }

    /** Whether a run, or the one whose plan it delivers, has read the model, and this key was not there. */
    boolean hadLeft(long run, String key) {
        Set<String> keys = byRun.get(run);
        return keys != null && !keys.contains(key);
    }
}
