package dev.caravan.transport.camel.http;

import dev.caravan.transport.camel.auth.Auth;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * How one account on an HTTP API is reached.
 *
 * @param connection the connection's name in caravan.yaml; names the component {@code http-<connection>}
 * @param base where requests go: an absolute address without query, given what the log-in's answer brought (nothing, where there is no
 *     token to fetch). A log-in over TLS leads to no address without
 * @param concurrency the most requests at once; further ones wait for a connection
 * @param connectTimeout how long a connection may take to come up, its TLS handshake included
 * @param longestAnswer the most bytes of a body, unpacked; a longer one is lost as {@code too_large}
 */
public record HttpSettings(
        String connection,
        Function<Map<String, String>, String> base,
        Auth auth,
        int concurrency,
        Duration connectTimeout,
        int longestAnswer) {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    public HttpSettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1");
        }
    }

    /** With the limits that suit most APIs: five seconds to connect, answers of up to 64 MiB. */
    public static HttpSettings of(
            String connection, Function<Map<String, String>, String> base, Auth auth, int concurrency) {
        return new HttpSettings(connection, base, auth, concurrency, CONNECT, LONGEST_ANSWER);
    }
}
