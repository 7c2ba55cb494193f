package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where tokens come from, how its answer is read, and how its token is shown.
 *
 * @param address absolute; may have a query of its own
 * @param style how the client's id and secret are shown
 * @param extra more parameters of the request, in their order; secrets perhaps, read at each log-in
 * @param token reads the token out of a 2xx answer; empty when there is none
 * @param lifetime how long the token may be used; empty where the answer does not tell
 * @param capture what requests and base address need of the answer, by name; no secrets, for it is shown
 * @param use how a token travels
 */
public record TokenEndpoint(
        String address,
        Style style,
        Map<String, Supplier<String>> extra,
        Function<JsonNode, Optional<String>> token,
        Function<JsonNode, Optional<Duration>> lifetime,
        Function<JsonNode, Map<String, String>> capture,
        Use use) {

    public TokenEndpoint {
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /**
     * How a token travels.
     *
     * @param header that carries it
     * @param scheme before it and a space; empty for the token alone
     */
    public record Use(String header, String scheme) {

        /** As RFC 6750, 2.1 says. */
        public static final Use BEARER = new Use("Authorization", "Bearer");

        String proof(String token) {
            return scheme.isEmpty() ? token : scheme + " " + token;
        }
    }

    /** How a client shows its id and secret. */
    public enum Style {
        /** As fields of the form that is posted. */
        FORM,
        /** In the header {@code Authorization: Basic}, beside a form. */
        BASIC,
        /** All of it in the query of a GET. */
        QUERY,
        /** As texts of a JSON object that is posted. */
        JSON
    }

    /** An endpoint that answers as RFC 6749, 5.1 says: {@code access_token}, {@code expires_in} in seconds. */
    public static TokenEndpoint standard(String address, Style style) {
        return new TokenEndpoint(
                address,
                style,
                Map.of(),
                answer -> text(answer.path("access_token")),
                answer -> text(answer.path("expires_in"))
                        .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))),
                answer -> Map.of(),
                Use.BEARER);
    }

    /** The same, reading more of the answer. */
    public TokenEndpoint capturing(Function<JsonNode, Map<String, String>> wanted) {
        return new TokenEndpoint(address, style, extra, token, lifetime, wanted, use);
    }

    /** The same, saying more to it. */
    public TokenEndpoint saying(Map<String, Supplier<String>> more) {
        return new TokenEndpoint(address, style, more, token, lifetime, capture, use);
    }

    /** What is read at each log-in for it, beside the credentials. */
    List<Supplier<String>> with(List<Supplier<String>> shown) {
        List<Supplier<String>> all = new ArrayList<>(shown);
        all.addAll(extra.values());
        return List.copyOf(all);
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isEmpty());
    }
}
