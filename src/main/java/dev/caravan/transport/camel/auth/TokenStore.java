package dev.caravan.transport.camel.auth;

import java.util.Optional;

/**
 * Where the refresh token is kept that took the place of a configured one. Safe for many threads. A failure throws an
 * {@code EnvironmentFailure}.
 */
public interface TokenStore {

    /**
     * The token that is good now.
     *
     * @param configured the fingerprint of the token in the settings: for another one there is nothing kept, so that a token
     *     somebody newly configured counts
     */
    Optional<String> read(String connection, String configured);

    /** Keeps a token in place of whichever was kept for the connection. Durable when it returns. */
    void write(String connection, String configured, String token);
}
