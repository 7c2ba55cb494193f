package dev.caravan.app.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in a request that carries the token of {@code worker.lock} and names a loopback host: the first keeps out other users, the
 * second a web page that had its name resolved to this machine. There is no CORS, so no page can read an answer.
 */
public final class ApiGate {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String BEARER = "Bearer ";

    private final byte[] token;

    public ApiGate(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** A new token of 256 bits. */
    public static String newToken() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The refusal, if the request is not let in. */
    Optional<ApiResponse> refusal(ApiRequest request) {
        if (!LOOPBACK.contains(name(request.host()))) {
            return Optional.of(ApiResponse.refused(403, "this API answers to the loopback address alone", ""));
        }
        String given = request.authorization();
        boolean known = given.startsWith(BEARER)
                && MessageDigest.isEqual(given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
        return known
                ? Optional.empty()
                : Optional.of(ApiResponse.refused(
                        401, "this API wants a bearer token", "the token is in state/worker.lock of the workspace"));
    }

    private static String name(String host) {
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }
}
