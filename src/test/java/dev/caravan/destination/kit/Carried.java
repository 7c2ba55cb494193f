package dev.caravan.destination.kit;

import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which rows a request carries: those of which it has the key, the record's id or a value that no other row has. */
final class Carried {

    private static final Pattern WORDS = Pattern.compile("[\\p{Alnum}@._~-]+");
    private static final int SEVERAL = -1;

    private final Map<String, Integer> rows = new HashMap<>();

    Carried(List<Write> writes) {
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            if (write.targetKey() instanceof Value.Tuple(List<Value> parts)) {
                for (Value part : parts) {
                    mark(part.text(), i);
                }
            } else {
                mark(write.targetKey().text(), i);
            }
            if (write.remoteId() != null) {
                mark(write.remoteId(), i);
            }
            for (Value value : write.fields().values()) {
                mark(value.text(), i);
            }
        }
    }

    /** A value counts by its first word; one that several rows have tells nothing. */
    private void mark(String text, int row) {
        Matcher words = WORDS.matcher(text);
        if (words.find()) {
            rows.merge(words.group(), row, (one, other) -> one.equals(other) ? one : Integer.valueOf(SEVERAL));
        }
    }

    /** The places of the rows, in order. */
    Set<Integer> by(Request request) {
        Set<Integer> carried = new TreeSet<>();
        Matcher words = WORDS.matcher(request instanceof HttpRequest http ? decoded(http) : Wire.all(request));
        while (words.find()) {
            String word = words.group();
            int row = rows.getOrDefault(word, rows.getOrDefault(word.replaceAll("\\.[a-z]+$", ""), SEVERAL));
            if (row != SEVERAL) {
                carried.add(row);
            }
        }
        return carried;
    }

    /** Path and body in plain words. */
    static String decoded(HttpRequest request) {
        String body = request.body().text();
        boolean form = request.contentType().startsWith("application/x-www-form-urlencoded");
        return URLDecoder.decode(request.path(), StandardCharsets.UTF_8)
                + " "
                + (form ? URLDecoder.decode(body, StandardCharsets.UTF_8) : body);
    }
}
