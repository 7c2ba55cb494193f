package dev.caravan.sandbox.vendor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The switches of one vendor, by name: a trap is on or off, a limit is a number, where 0 means none. They may be changed while
 * it answers. Thread-safe.
 */
public final class Settings {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Nothing to switch yet. */
    public static Settings none() {
        return new Settings();
    }

    /** Declares a trap. */
    public synchronized Settings trap(String name, boolean usually) {
        values.put(name, usually);
        return this;
    }

    /** Declares a number. */
    public synchronized Settings number(String name, int usually) {
        values.put(name, usually);
        return this;
    }

    public synchronized boolean on(String name) {
        return values.get(name) instanceof Boolean value && value;
    }

    public synchronized int get(String name) {
        return values.get(name) instanceof Integer value ? value : 0;
    }

    /** All of them, in the order of declaration. */
    public synchronized Map<String, Object> all() {
        return new LinkedHashMap<>(values);
    }

    /** Changes all of these, or none and says which cannot be. Values are {@link Boolean} or whole {@link Number}s. */
    public synchronized Optional<String> change(Map<String, ?> wanted) {
        Map<String, Object> changed = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : wanted.entrySet()) {
            Object now = values.get(entry.getKey());
            Object then = entry.getValue();
            if (now instanceof Boolean && then instanceof Boolean) {
                changed.put(entry.getKey(), then);
            } else if (now instanceof Integer && then instanceof Integer number && number >= 0) {
                changed.put(entry.getKey(), then);
            } else {
                return Optional.of(
                        now == null
                                ? "there is no setting " + entry.getKey() + "; there are "
                                        + String.join(", ", values.keySet())
                                : entry.getKey()
                                        + (now instanceof Boolean
                                                ? " is true or false"
                                                : " is a whole number of 0 or more"));
            }
        }
        values.putAll(changed);
        return Optional.empty();
    }
}
