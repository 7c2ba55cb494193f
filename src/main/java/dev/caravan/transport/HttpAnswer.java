package dev.caravan.transport;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A complete, well-formed HTTP answer of any status.
 *
 * @param headers by lower-case name, each with its values in order
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, Body body, int requests)
        implements Reply.Answer {

    @Override
    public HttpAnswer costing(int wire) {
        return new HttpAnswer(status, headers, body, wire);
    }

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Whether the status is 2xx. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }
}
