package dev.caravan.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The YAML files below {@code k8s/} as plain maps and lists. */
final class Manifests {

    static final Path FOLDER = Path.of("k8s");

    private Manifests() {}

    /** Every document of a file. */
    static List<Object> documents(Path file) {
        try {
            LoadSettings strict = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setAllowDuplicateKeys(false)
                    .build();
            List<Object> documents = new ArrayList<>();
            new Load(strict).loadAllFromString(Files.readString(file)).forEach(documents::add);
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every YAML file below a folder of {@code k8s/}. */
    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one object of a kind in the base. */
    static Object base(String kind) {
        List<Object> found = files("base").stream()
                .flatMap(file -> documents(file).stream())
                .filter(document -> kind.equals(at(document, "kind")))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind);
        }
        return found.getFirst();
    }

    /** What stands at a path of keys and positions, for example {@code spec.containers.0.name}; null if nothing does. */
    static Object at(Object node, String path) {
        Object here = node;
        for (String step : path.split("\\.", -1)) {
            here = switch (here) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list -> list.get(Integer.parseInt(step));
                case null -> null;
                default -> null;
            };
        }
        return here;
    }

    /** The list at a path; empty if there is none. */
    static List<Object> list(Object node, String path) {
        return at(node, path) instanceof List<?> list ? List.copyOf(list) : List.of();
    }

    /** The texts at a path of each entry of a list. */
    static List<String> texts(List<Object> nodes, String path) {
        return nodes.stream()
                .map(node -> at(node, path))
                .filter(found -> found != null)
                .map(Object::toString)
                .toList();
    }
}
