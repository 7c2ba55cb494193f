package dev.caravan.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The product's routes, read from {@code routes/}: the order of the steps that is simulated is the order that runs. Knows what those
 * files use and refuses everything else.
 */
final class RouteScript {

    private static final Pattern CONDITION = Pattern.compile("\\$\\{body\\.(\\w+)}( == false)?");
    private final Map<String, List<Object>> routes = new HashMap<>();

    /** What the steps mean. */
    interface Player {
        void step(String name);

        boolean holds(String property);

        /** Plays these steps for every element, several at once, and waits for all. */
        void split(String property, List<Object> steps);
    }

    private RouteScript() {}

    /** The routes of this folder. */
    static RouteScript of(Path folder) {
        RouteScript script = new RouteScript();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Load yaml = new Load(LoadSettings.builder().build());
                for (Object entry : list(yaml.loadFromString(Files.readString(file)))) {
                    script.add(map(entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script;
    }

    private void add(Map<String, Object> entry) {
        if (entry.containsKey("route")) {
            Map<String, Object> from = map(map(entry.get("route")).get("from"));
            routes.put(String.valueOf(from.get("uri")), list(from.get("steps")));
        }
    }

    /** Plays a route to its end. */
    void play(String uri, Player player) {
        play(Objects.requireNonNull(routes.get(uri), "no route from " + uri), player);
    }

    /** Plays these steps. */
    void play(List<Object> steps, Player player) {
        for (Object each : new ArrayList<>(steps)) {
            Map<String, Object> step = map(each);
            String kind = step.keySet().iterator().next();
            switch (kind) {
                case "process" -> player.step(String.valueOf(map(step.get(kind)).get("ref")));
                case "to" -> play(String.valueOf(step.get(kind)), player);
                case "filter" -> {
                    Map<String, Object> filter = map(step.get(kind));
                    if (condition(filter).test(player)) {
                        play(list(filter.get("steps")), player);
                    }
                }
                case "split" -> {
                    Map<String, Object> split = map(step.get(kind));
                    player.split(matched(split).group(1), list(split.get("steps")));
                }
                default -> throw new IllegalStateException("a step that no simulation knows: " + kind);
            }
        }
    }

    private static Predicate<Player> condition(Map<String, Object> filter) {
        Matcher found = matched(filter);
        boolean wanted = found.group(2) == null;
        return player -> player.holds(found.group(1)) == wanted;
    }

    private static Matcher matched(Map<String, Object> step) {
        Matcher found = CONDITION.matcher(String.valueOf(step.get("simple")));
        if (!found.matches()) {
            throw new IllegalStateException("an expression that no simulation knows: " + step.get("simple"));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) Objects.requireNonNull(value);
    }
}
