package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes secrets out of what a destination says, for its words are kept and shown. A secret is known as {@link Quoted} says. Immutable.
 */
public final class Veil {

    static final Veil NONE = new Veil(List.of());

    /** What is shorter is found in any sentence. */
    private static final int SHORTEST = 4;

    /** The same in an answer that may tell of rows, which are not to be spoilt by a word such as {@code test}. */
    private static final int SHORTEST_OF_SUCCESS = 8;

    /** Of a secret with a space in it, such as {@code Bearer …}, what is as long is a secret too. */
    private static final int SHORTEST_PART = 12;

    private static final int LONGEST_REFUSAL = 200;

    private final List<Quoted> secrets;

    private Veil(List<Quoted> secrets) {
        this.secrets = secrets;
    }

    /** Hides these; empty texts and very short ones are nothing to hide. */
    public static Veil of(Collection<String> secrets) {
        return new Veil(secrets.stream()
                .flatMap(secret -> Stream.concat(
                        Stream.of(secret),
                        Arrays.stream(secret.split("\\s+", -1)).filter(part -> part.length() >= SHORTEST_PART)))
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Quoted::of)
                .toList());
    }

    /** Hides these too. */
    public Veil and(Collection<String> more) {
        return new Veil(Stream.concat(secrets.stream(), of(more).secrets.stream())
                .sorted(Comparator.comparingInt(Quoted::length).reversed())
                .toList());
    }

    /** What a token endpoint's refusal says, without any of them and no longer than a person reads. */
    public String refusal(JsonNode answer, int status) {
        String words = answer.path("error").asText("status " + status) + " "
                + answer.path("error_description").asText("");
        String clean = hide(words.strip());
        return clean.substring(0, Math.min(clean.length(), LONGEST_REFUSAL));
    }

    /** The words without any of them. */
    String hide(String words) {
        return utf8(without(latin(words), false));
    }

    /** The answer without any of them. */
    public HttpAnswer hide(HttpAnswer answer) {
        if (secrets.isEmpty()) {
            return answer;
        }
        Map<String, List<String>> headers = hide(answer.headers(), answer.ok());
        String bytes = new String(answer.body().bytes(), StandardCharsets.ISO_8859_1);
        String clean = without(bytes, answer.ok());
        if (clean.equals(bytes) && headers.equals(answer.headers())) {
            return answer;
        }
        Body body = clean.equals(bytes) ? answer.body() : Body.of(clean.getBytes(StandardCharsets.ISO_8859_1));
        return new HttpAnswer(answer.status(), headers, body, answer.requests());
    }

    private Map<String, List<String>> hide(Map<String, List<String>> headers, boolean success) {
        Map<String, List<String>> clean = new LinkedHashMap<>();
        headers.forEach((name, values) -> clean.put(
                name,
                values.stream()
                        .map(value -> utf8(without(latin(value), success)))
                        .toList()));
        return clean;
    }

    private String without(String bytes, boolean success) {
        if (bytes.isEmpty()) {
            return bytes;
        }
        Quoted.Haystack haystack = Quoted.Haystack.of(bytes);
        String clean = bytes;
        for (Quoted secret : secrets) {
            if (secret.length() >= (success ? SHORTEST_OF_SUCCESS : SHORTEST) && secret.mayBeIn(haystack)) {
                clean = secret.without(clean, success);
            }
        }
        return clean;
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Bytes in UTF-8 as characters of one byte each. */
    static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return "Veil[…]";
    }
}
