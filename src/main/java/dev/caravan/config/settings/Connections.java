package dev.caravan.config.settings;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The connections of a workspace, as far as they could be read.
 *
 * @param broken names whose declaration has a problem that was reported
 * @param readable whether the list itself could be read; if not, every name must be taken for declared
 */
public record Connections(Map<String, Connection> good, Set<String> broken, boolean readable) {

    /** None known, and nothing to be said about any name. */
    public static final Connections UNREADABLE = new Connections(Map.of(), Set.of(), false);

    public Connections {
        good = Map.copyOf(good);
        broken = Set.copyOf(broken);
    }

    /** Whether the name is declared, well or badly. */
    public boolean declared(String name) {
        return !readable || good.containsKey(name) || broken.contains(name);
    }

    /** The connection of this name, if it is declared well. */
    public Optional<Connection> find(String name) {
        return Optional.ofNullable(good.get(name));
    }

    /** All that are declared well. */
    public Collection<Connection> all() {
        return good.values();
    }

    /** All declared names, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(good.keySet());
        names.addAll(broken);
        return names;
    }
}
