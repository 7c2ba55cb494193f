package dev.caravan.yaml;

import dev.caravan.problem.Place;
import java.util.List;

/**
 * A file's text.
 *
 * @param file the path relative to the workspace, with forward slashes
 * @param text its content, decoded, without a byte-order mark
 * @param lines the same, line by line
 * @param hash the SHA-256 of its bytes, lower-case hex
 */
public record YamlSource(String file, String text, List<String> lines, String hash) {

    /** The source of this text. */
    public static YamlSource of(String file, String text, String hash) {
        return new YamlSource(file, text, text.lines().toList(), hash);
    }

    /** A line counted from 1; empty where the file has none. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /**
     * A place inside a scalar. Exact where the scalar's lines stand in the file as they are in its text (plain, quoted
     * without escapes, literal); else the scalar's first character.
     */
    Place placeInside(YamlNode.Scalar scalar, int offset) {
        String before = scalar.text().substring(0, scalar.text().offsetByCodePoints(0, offset));
        int lineOfText = (int) before.chars().filter(c -> c == '\n').count();
        int columnOfText = before.length() - 1 - before.lastIndexOf('\n');
        String wanted = scalar.text().split("\n", -1)[lineOfText];
        int number = scalar.textLine() + lineOfText;
        String line = line(number);
        int from = number == scalar.place().line() ? scalar.place().column() - 1 : 0;
        int at = line.indexOf(wanted, line.offsetByCodePoints(0, from));
        if (at < 0) {
            return scalar.place();
        }
        return new Place(file, number, line.codePointCount(0, at + columnOfText) + 1);
    }
}
