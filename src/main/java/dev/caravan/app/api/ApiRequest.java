package dev.caravan.app.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, out of its exchange.
 *
 * @param path the segments below {@code /api}
 * @param query decoded; of a repeated name the last
 * @param host the Host header; empty if there was none
 * @param authorization the Authorization header; empty if there was none
 * @param body the text of the body, at most as long as the server lets through
 */
public record ApiRequest(
        String method, List<String> path, Map<String, String> query, String host, String authorization, String body) {

    private static final String ROOT = "/api";

    /** The request as it comes from the wire, path and query still encoded. */
    static ApiRequest of(
            String method, String rawPath, String rawQuery, String host, String authorization, String body) {
        String below = rawPath.startsWith(ROOT) ? rawPath.substring(ROOT.length()) : rawPath;
        List<String> path = Arrays.stream(below.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(ApiRequest::decode)
                .toList();
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new ApiRequest(method, path, query, host, authorization, body);
    }

    /** A query parameter that is there and not empty. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** A broken escape stays as it is: no name of ours has a percent sign. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
