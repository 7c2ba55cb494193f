package dev.caravan.app;

import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Shows the line of a mapping or model that a run found a problem in, as loading does. Of {@code caravan.yaml} nothing is shown here,
 * since secrets may stand in it by mistake.
 */
final class Quotes {

    private final Path root;

    Quotes(Path root) {
        this.root = root;
    }

    /** The same refusal with excerpts, as far as the files can be read. */
    InvalidInput of(InvalidInput failure) {
        return new InvalidInput(failure.problems().stream().map(this::quoted).toList());
    }

    private Problem quoted(Problem problem) {
        Place place = problem.place();
        if (place == null || problem.excerpt() != null || place.line() == 0) {
            return problem;
        }
        boolean free = place.file().startsWith("mappings/") || place.file().startsWith("models/");
        List<String> lines = free ? lines(root.resolve(place.file())) : List.of();
        return place.line() > lines.size() ? problem : problem.withExcerpt(lines.get(place.line() - 1));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
