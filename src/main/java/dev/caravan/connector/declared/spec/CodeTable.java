package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;

/**
 * What the destination's own error codes of rows mean.
 *
 * @param otherwise what a code means that is not listed
 */
public record CodeTable(List<Entry> entries, ErrorClass otherwise) {

    public CodeTable {
        entries = List.copyOf(entries);
    }

    /** The class of a code: one that is listed by its text, else the first whose pattern matches all of it, else {@code otherwise}. */
    public ErrorClass classOf(String code) {
        return entries.stream()
                .filter(entry -> entry.texts().contains(code))
                .findFirst()
                .or(() -> entries.stream()
                        .filter(entry -> entry.patterns().stream().anyMatch(pattern -> pattern.matches(code)))
                        .findFirst())
                .map(Entry::errorClass)
                .orElse(otherwise);
    }

    /** The codes of one class. */
    public record Entry(ErrorClass errorClass, Set<String> texts, List<Pattern> patterns) {
        public Entry {
            texts = Set.copyOf(texts);
            patterns = List.copyOf(patterns);
        }
    }
}
