package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes secrets out of what a destination says, for its words are kept and shown. A secret is known by itself and in the escapes of JSON,
 * addresses and HTML. Immutable.
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

    private final List<Secret> secrets;

    private Veil(List<Secret> secrets) {
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
                .map(Secret::of)
                .toList());
    }

    /** Hides these too. */
    public Veil and(Collection<String> more) {
        return new Veil(Stream.concat(secrets.stream(), of(more).secrets.stream())
                .sorted(Comparator.comparingInt(Secret::length).reversed())
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
        String clean = without(latin(words), SHORTEST);
        return new String(clean.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The answer without any of them. */
    public HttpAnswer hide(HttpAnswer answer) {
        if (secrets.isEmpty() || answer.body().length() == 0) {
            return answer;
        }
        String bytes = new String(answer.body().bytes(), StandardCharsets.ISO_8859_1);
        String clean = without(bytes, answer.ok() ? SHORTEST_OF_SUCCESS : SHORTEST);
        return clean.equals(bytes)
                ? answer
                : new HttpAnswer(
                        answer.status(),
                        answer.headers(),
                        Body.of(clean.getBytes(StandardCharsets.ISO_8859_1)),
                        answer.requests());
    }

    private String without(String bytes, int shortest) {
        String clean = bytes;
        for (Secret secret : secrets) {
            if (secret.length() >= shortest && clean.contains(secret.core())) {
                clean = secret.pattern().matcher(clean).replaceAll(latin("…"));
            }
        }
        return clean;
    }

    /** Bytes in UTF-8 as characters of one byte each. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * One that is looked for, among bytes.
     *
     * @param core what it has in every escape
     */
    private record Secret(int length, String core, Pattern pattern) {

        static Secret of(String secret) {
            String core = Arrays.stream(secret.split("[^A-Za-z0-9]+", -1))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
            String pattern = secret.codePoints().mapToObj(Secret::any).collect(Collectors.joining());
            return new Secret(secret.length(), core, Pattern.compile(pattern));
        }

        /** A character in all its escapes. */
        private static String any(int point) {
            String character = Character.toString(point);
            if (character.matches("[A-Za-z0-9]")) {
                return character;
            }
            String json = character
                    .chars()
                    .mapToObj(unit -> "\\\\+u%s".formatted(hex("%04x".formatted(unit))))
                    .collect(Collectors.joining());
            byte[] utf8 = character.getBytes(StandardCharsets.UTF_8);
            StringBuilder address = new StringBuilder();
            for (byte each : utf8) {
                address.append('%').append(hex("%02x".formatted(each)));
            }
            return "(?:" + String.join("|", "\\\\*" + Pattern.quote(latin(character)), json, address, named(point))
                    + ")";
        }

        private static String named(int point) {
            String numbers = "&#" + point + ";|&#[xX]0*" + hex(Integer.toHexString(point)) + ";";
            return switch (point) {
                case '&' -> numbers + "|&amp;";
                case '<' -> numbers + "|&lt;";
                case '>' -> numbers + "|&gt;";
                case '"' -> numbers + "|&quot;";
                case '\'' -> numbers + "|&apos;";
                case ' ' -> numbers + "|\\+";
                case '\n' -> numbers + "|\\\\+n";
                case '\r' -> numbers + "|\\\\+r";
                case '\t' -> numbers + "|\\\\+t";
                default -> numbers;
            };
        }

        /** Hexadecimal digits in either case. */
        private static String hex(String digits) {
            return digits.chars()
                    .mapToObj(digit -> Character.isDigit(digit)
                            ? Character.toString(digit)
                            : "[" + Character.toString(digit)
                                    + Character.toString(digit).toUpperCase(Locale.ROOT) + "]")
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return "Secret[…]";
        }
    }

    @Override
    public String toString() {
        return "Veil[…]";
    }
}
