package dev.caravan.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.List;

/**
 * Problems for people and for programs.
 *
 * <pre>
 * mappings/growth/lead-scores.yaml:7:3  unknown key 'chek' in 'contract'
 *   chek:
 *   ^
 *   did you mean 'checks'?  [yaml.unknown_key]
 * </pre>
 */
public final class ProblemPrinter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 120;
    private static final String BOLD = "\u001B[1m";
    private static final String RED = "\u001B[31m";
    private static final String DIM = "\u001B[2m";
    private static final String PLAIN = "\u001B[0m";

    private final boolean colour;

    /** A printer; with colour only on a terminal. */
    public ProblemPrinter(boolean colour) {
        this.colour = colour;
    }

    /** All problems, an empty line between them, each line ended. */
    public String text(List<Problem> problems) {
        return String.join("\n", problems.stream().map(this::text).toList());
    }

    private String text(Problem problem) {
        Place place = problem.place();
        StringBuilder text = new StringBuilder();
        if (place != null) {
            text.append(paint(BOLD, place.toString())).append("  ");
        }
        text.append(problem.message()).append('\n');
        String excerpt = problem.excerpt();
        if (place != null && excerpt != null && place.line() > 0) {
            text.append(excerpt(excerpt, place.column()));
        }
        String suggestion = problem.suggestion().isEmpty() ? "" : problem.suggestion() + "  ";
        text.append("  ")
                .append(suggestion)
                .append(paint(DIM, "[" + problem.code().text() + "]"));
        return text.append('\n').toString();
    }

    /** The line without its indentation, or as much as fits around the column, and a caret below the column. */
    private String excerpt(String line, int column) {
        int[] points = line.codePoints().toArray();
        int at = Math.min(column - 1, points.length);
        int indent = 0;
        while (indent < at && Character.isWhitespace(points[indent])) {
            indent++;
        }
        int from = at - indent < WIDTH ? indent : at - WIDTH / 2;
        int to = Math.min(points.length, from + WIDTH);
        StringBuilder caret = new StringBuilder();
        for (int i = from; i < at; i++) {
            caret.append(points[i] == '\t' ? '\t' : ' ');
        }
        String shown = new String(points, from, to - from);
        return "  " + shown + "\n  " + caret + paint(RED, "^") + "\n";
    }

    private String paint(String style, String text) {
        return colour ? style + text + PLAIN : text;
    }

    /** All problems as JSON: code, file, line, column, message, suggestion, excerpt; what is absent is left out. */
    public static ArrayNode json(List<Problem> problems) {
        ArrayNode all = JSON.createArrayNode();
        for (Problem problem : problems) {
            ObjectNode node = all.addObject().put("code", problem.code().text());
            Place place = problem.place();
            if (place != null) {
                node.put("file", place.file());
                if (place.line() > 0) {
                    node.put("line", place.line()).put("column", place.column());
                }
            }
            node.put("message", problem.message());
            if (!problem.suggestion().isEmpty()) {
                node.put("suggestion", problem.suggestion());
            }
            String excerpt = problem.excerpt();
            if (excerpt != null) {
                node.put("excerpt", excerpt);
            }
        }
        return all;
    }
}
