package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.connector.declared.template.TreeTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request carries. */
public sealed interface BodySpec {

    /** Nothing. */
    record None() implements BodySpec {}

    /** JSON. */
    record Json(TreeTemplate tree, String contentType) implements BodySpec {}

    /** One JSON value a row, each on a line. */
    record JsonLines(TreeTemplate item, String contentType) implements BodySpec {}

    /** A form; a value that is no scalar goes as JSON. */
    record Form(Map<String, TreeTemplate> fields) implements BodySpec {
        public Form {
            fields = Ordered.copy(fields);
        }
    }

    /**
     * Comma-separated values with a header, UTF-8, every cell quoted where it must be.
     *
     * @param fields whether the columns of the batch follow, each under its own name
     * @param part the name under which it goes as the one file of a multipart form; empty where it is the body itself
     */
    record Csv(
            List<Column> columns,
            boolean fields,
            char delimiter,
            boolean crlf,
            String contentType,
            Optional<String> part)
            implements BodySpec {
        public Csv {
            columns = List.copyOf(columns);
        }
    }

    /** Plain text. */
    record Text(TextTemplate text) implements BodySpec {}

    /** A column of CSV. */
    record Column(TextTemplate name, TextTemplate value) {}
}
