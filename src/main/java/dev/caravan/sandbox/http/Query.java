package dev.caravan.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoding of paths, query strings and form bodies. */
public final class Query {

    private Query() {}

    /** Pairs of {@code a=b&c=d}; the first of a repeated name wins. */
    public static Map<String, String> parse(@Nullable String raw) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return pairs;
        }
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            pairs.putIfAbsent(decode(name), decode(value));
        }
        return pairs;
    }

    /** Every value of one name, in their order, each split at commas. */
    static List<String> all(String raw, String name) {
        List<String> values = new ArrayList<>();
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && decode(part.substring(0, equals)).equals(name)) {
                values.addAll(List.of(decode(part.substring(equals + 1)).split(",", -1)));
            }
        }
        return values;
    }

    /** Non-empty decoded segments of a raw path; a plus sign stays a plus sign. */
    public static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String part : rawPath.split("/", -1)) {
            if (!part.isEmpty()) {
                segments.add(decode(part.replace("+", "%2B")));
            }
        }
        return segments;
    }

    // A malformed escape is kept as it came: the API then finds no such thing.
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
