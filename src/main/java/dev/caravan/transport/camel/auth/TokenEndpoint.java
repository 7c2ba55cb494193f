package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where tokens come from, and how its answer is read.
 *
 * @param address absolute; may have a query of its own
 * @param style how the client's id and secret are shown
 * @param token reads the token out of a 2xx answer; empty when there is none
 * @param lifetime how long the token may be used; empty where the answer does not tell
 * @param capture what requests and base address need of the answer, by name; no secrets, for it is shown
 */
public record TokenEndpoint(
        String address,
        Style style,
        Function<JsonNode, Optional<String>> token,
        Function<JsonNode, Optional<Duration>> lifetime,
        Function<JsonNode, Map<String, String>> capture) {

    /** How a client shows its id and secret. */
    public enum Style {
        /** As fields of the form that is posted. */
        FORM,
        /** In the header {@code Authorization: Basic}, beside a form. */
        BASIC,
        /** All of it in the query of a GET. */
        QUERY
    }

    /** An endpoint that answers as RFC 6749, 5.1 says: {@code access_token}, {@code expires_in} in seconds. */
    public static TokenEndpoint standard(String address, Style style) {
        return new TokenEndpoint(
                address,
                style,
                answer -> text(answer.path("access_token")),
                answer -> text(answer.path("expires_in"))
                        .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))),
                answer -> Map.of());
    }

    /** The same, reading more of the answer. */
    public TokenEndpoint capturing(Function<JsonNode, Map<String, String>> wanted) {
        return new TokenEndpoint(address, style, token, lifetime, wanted);
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isEmpty());
    }
}
