package dev.caravan.engine.duckdb.read;

import java.nio.file.Path;

/** A path as DuckDB's file functions take it. */
final class PathText {

    private PathText() {}

    /** Exactly this file: what would be a wildcard stands for itself. */
    static String literal(Path file) {
        StringBuilder text = new StringBuilder();
        for (char c : file.toString().toCharArray()) {
            text.append(c == '*' || c == '?' || c == '[' ? "[" + c + "]" : c);
        }
        return text.toString();
    }
}
