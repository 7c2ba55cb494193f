package dev.caravan.yaml;

import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Puts problems in the order of their places and shows the line each stands in, secrets starred out. */
public final class Excerpts {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    Problem::place, Comparator.nullsFirst(Comparator.<Place>naturalOrder()))
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    private final Map<String, YamlSource> sources;

    public Excerpts(Map<String, YamlSource> sources) {
        this.sources = Map.copyOf(sources);
    }

    /** The problems found, sorted, with excerpts. */
    public List<Problem> of(Findings findings) {
        return findings.problems().stream()
                .sorted(BY_PLACE)
                .map(problem -> withExcerpt(problem, findings.hidden()))
                .toList();
    }

    private Problem withExcerpt(Problem problem, List<Span> hidden) {
        Place place = problem.place();
        YamlSource source = place == null ? null : sources.get(place.file());
        if (place == null || source == null || place.line() == 0) {
            return problem;
        }
        String line = source.line(place.line());
        for (Span span : hidden) {
            line = mask(line, place, span);
        }
        return line.isBlank() ? problem : problem.withExcerpt(line);
    }

    /** The line with the part of it that lies in the span starred out, its length kept so that columns stay true. */
    private static String mask(String line, Place place, Span span) {
        boolean touched = span.start().file().equals(place.file())
                && span.start().line() <= place.line()
                && span.end().line() >= place.line();
        if (!touched) {
            return line;
        }
        int[] points = line.codePoints().toArray();
        int from = span.start().line() == place.line() ? span.start().column() - 1 : 0;
        int to = span.end().line() == place.line() ? span.end().column() - 1 : points.length;
        for (int i = from; i < Math.min(to, points.length); i++) {
            points[i] = '*';
        }
        return new String(points, 0, points.length);
    }
}
