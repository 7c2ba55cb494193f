package dev.caravan.config.draft;

import dev.caravan.config.settings.Connection;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Reading;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.Section;
import java.util.Locale;
import java.util.Optional;

/** Reads files. A file's path never leaves its connection's folder, by dots or by links. */
final class ReadingReader {

    private final Findings findings;

    ReadingReader(Findings findings) {
        this.findings = findings;
    }

    Optional<Reading> file(Located<String> text, Section model, Optional<Connection> connection) {
        Optional<FileFormat> known = model.has("format") ? model.word("format", FileFormat.class) : byName(text);
        if (text.value().chars().anyMatch(c -> "*?[]{}\\".indexOf(c) >= 0)) {
            return bad(text, "a path with a wildcard or backslash", "name one file, with '/' between folders");
        }
        boolean inside =
                connection.map(found -> FolderPaths.inside(found, text.value())).orElse(true);
        if (!inside) {
            return bad(text, "'" + text.value() + "' lies outside the connection's folder", "move the file into it");
        }
        return known.map(found -> new Reading.File(text.value(), found));
    }

    private Optional<FileFormat> byName(Located<String> text) {
        String name = text.value().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            return Optional.of(FileFormat.CSV);
        }
        if (name.endsWith(".parquet")) {
            return Optional.of(FileFormat.PARQUET);
        }
        if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return Optional.of(FileFormat.JSON);
        }
        return bad(text, "the file's name does not tell its format", "add format: csv, parquet or json");
    }

    private <T> Optional<T> bad(Located<String> text, String message, String suggestion) {
        findings.report(Code.YAML_BAD_VALUE, text.place(), message, suggestion);
        return Optional.empty();
    }
}
