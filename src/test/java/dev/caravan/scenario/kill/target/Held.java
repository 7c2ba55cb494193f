package dev.caravan.scenario.kill.target;

import java.util.Map;
import java.util.TreeMap;

/** Values by key, each key once. */
final class Held {

    private final Map<String, String> values = new TreeMap<>();

    void put(String key, String value) {
        String before = values.put(key, value);
        if (before != null) {
            throw new AssertionError("a second " + key);
        }
    }

    Map<String, String> values() {
        return values;
    }
}
