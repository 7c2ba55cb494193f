package dev.caravan.connector.declared.render;

import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.PagesSpec;
import dev.caravan.transport.HttpRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests for what did not go into one answer. An answer can lead to another path and query, never to another host. */
public final class Pages {

    private Pages() {}

    /**
     * The request for the next page; empty if this answer is the last.
     *
     * @param base where requests go, as far as that is known without a log-in: an address leads below it
     */
    public static Optional<HttpRequest> next(PagesSpec pages, HttpRequest request, Subject answer, String base) {
        return pages.next()
                .text(answer.found(), answer.variables())
                .filter(text -> !text.isBlank())
                .flatMap(text -> pages.parameter()
                        .map(name -> with(request.path(), name, text))
                        .or(() -> address(text).map(path -> below(path, base))))
                .map(request::at);
    }

    private static String with(String path, String name, String value) {
        int at = path.indexOf('?');
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8) + "=";
        Stream<String> others = at < 0
                ? Stream.empty()
                : Arrays.stream(path.substring(at + 1).split("&", -1)).filter(pair -> !pair.startsWith(encoded));
        return (at < 0 ? path : path.substring(0, at)) + "?"
                + Stream.concat(others, Stream.of(encoded + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                        .collect(Collectors.joining("&"));
    }

    /** Addresses begin at the host, requests at the base address. */
    private static String below(String path, String base) {
        String above = address(base).orElse("").replaceAll("/+$", "");
        boolean within = !above.isEmpty()
                && path.startsWith(above)
                && (path.length() == above.length() || "/?".indexOf(path.charAt(above.length())) >= 0);
        String rest = within ? path.substring(above.length()) : path;
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static Optional<String> address(String text) {
        try {
            URI uri = URI.create(text);
            String path = uri.getRawPath();
            if (path == null || !path.startsWith("/")) {
                return Optional.empty();
            }
            return Optional.of(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
