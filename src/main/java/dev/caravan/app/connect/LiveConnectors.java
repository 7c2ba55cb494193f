package dev.caravan.app.connect;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The connectors that a running worker speaks by. An edit that is sound takes the place of what was; one that is broken, or a file that
 * is gone, leaves the last good version in use. One whose settings are others waits for the next start, since connections are read there. Safe
 * for many threads.
 */
public final class LiveConnectors {

    private final Map<String, ConnectorSpec> specs;
    private final Map<String, String> versions;
    private List<Problem> waiting = List.of();

    /** These at first. */
    public LiveConnectors(DeclaredConnectors first) {
        specs = new HashMap<>(first.specs());
        versions = new HashMap<>(first.versions());
    }

    /** Takes over what is sound, and returns the names of those that are spoken otherwise than before. */
    public synchronized Set<String> takeOver(DeclaredConnectors next) {
        Set<String> changed = new TreeSet<>();
        List<Problem> later = new ArrayList<>();
        next.sorted().forEach(spec -> {
            String name = spec.name();
            String version = Objects.requireNonNull(next.versions().get(name));
            ConnectorSpec before = specs.get(name);
            if (before != null && !DeclaredConnectors.kind(before).equals(DeclaredConnectors.kind(spec))) {
                later.add(waits(name));
            } else if (!version.equals(versions.put(name, version))) {
                specs.put(name, spec);
                changed.add(name);
            }
        });
        waiting = List.copyOf(later);
        return changed;
    }

    private static Problem waits(String name) {
        return Problem.at(
                Code.WORKSPACE_RELOAD,
                Place.ofFile(DeclaredConnectors.FOLDER + "/" + name + "/" + DeclaredConnectors.FILE),
                "the settings of '" + name + "' have changed, and connections are read at start",
                "restart the worker; until then the connector is used as it was");
    }

    /** The connector of this name, in its last good version. */
    public synchronized Optional<ConnectorSpec> find(String name) {
        return Optional.ofNullable(specs.get(name));
    }

    /** Which edits wait for the next start. */
    public synchronized List<Problem> problems() {
        return waiting;
    }
}
