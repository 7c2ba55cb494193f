package dev.caravan.connector.declared.select;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a condition is asked about: an answer, or one node of it with the answer's status and headers around it.
 *
 * @param status the HTTP status
 * @param headers by lower-case name, values in order
 * @param found where selectors begin; a body that is not JSON is one text node, an empty one is missing
 * @param variables what {@link Step.Variable} stands for
 */
public record Subject(int status, Map<String, List<String>> headers, Found found, Map<String, String> variables) {

    /** The same answer, seen from one of its nodes. */
    public Subject at(Found node) {
        return new Subject(status, headers, node, variables);
    }

    /** A node alone, where no status and no header may be asked for. */
    public static Subject of(JsonNode node, Map<String, String> variables) {
        return new Subject(0, Map.of(), Found.root(node), variables);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The media type in lower case, without its parameters; empty if none is told. */
    public String contentType() {
        String type = header("content-type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
