package dev.caravan.sandbox.hubspot.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One record; changed in place by its type alone. A property never set is absent, one that was cleared is empty (recorded). */
public final class Row {

    private static final int VERSIONS_KEPT = 20;

    private final String id;
    private final Instant createdAt;
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, List<Version>> history = new HashMap<>();
    private Instant updatedAt;
    private boolean archived;

    /**
     * A value that a property had.
     *
     * @param value empty when it was cleared
     * @param source {@code INTEGRATION} for API writes, {@code CRM_UI} for a person's
     */
    public record Version(String value, Instant at, String source) {}

    Row(String id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    public String id() {
        return id;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public boolean archived() {
        return archived;
    }

    public @Nullable String get(String property) {
        return values.get(property);
    }

    /** Its values by property, in the order of names. */
    public Map<String, String> values() {
        return values;
    }

    /** What the property was, newest first. */
    public List<Version> history(String property) {
        return history.getOrDefault(property, List.of());
    }

    /** What the property was at that moment, as far as versions are kept; one that the portal sets has always been as it is. */
    public @Nullable String at(String property, Instant moment) {
        List<Version> versions = history(property);
        for (Version version : versions) {
            if (!version.at().isAfter(moment)) {
                return version.value();
            }
        }
        return versions.isEmpty() ? get(property) : null;
    }

    void put(String property, String value, Instant at, String source) {
        List<Version> versions = history.computeIfAbsent(property, name -> new ArrayList<>());
        versions.addFirst(new Version(value, at, source));
        if (versions.size() > VERSIONS_KEPT) {
            versions.removeLast();
        }
        values.put(property, value);
    }

    /** Sets what the portal keeps itself, without a version. */
    void system(String property, String value) {
        values.put(property, value);
    }

    void touched(Instant at) {
        updatedAt = at;
    }

    void archive(Instant at) {
        archived = true;
        updatedAt = at;
    }
}
