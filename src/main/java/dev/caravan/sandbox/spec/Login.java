package dev.caravan.sandbox.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * How the sandbox lets a client in.
 *
 * @param clientId consumer key it accepts
 * @param clientSecret consumer secret it accepts; a local demo value, not a secret of anyone
 * @param tokenLifetime age at which a token answers 401, on the sandbox's clock
 * @param newLoginEndsOlder whether each log-in makes the tokens before it invalid, as some organisations are set up
 * @param username the user whom a signed assertion may name, who has approved the application
 * @param certificate the application's, or its public key, in PEM; without one no signed assertion is taken
 */
public record Login(
        String clientId,
        String clientSecret,
        Duration tokenLifetime,
        boolean newLoginEndsOlder,
        String username,
        Optional<String> certificate) {

    private static final String INTEGRATION_USER = "integration@sandbox.invalid";

    /** One that takes no signed assertion. */
    public Login(String clientId, String clientSecret, Duration tokenLifetime, boolean newLoginEndsOlder) {
        this(clientId, clientSecret, tokenLifetime, newLoginEndsOlder, INTEGRATION_USER, Optional.empty());
    }

    /** Client {@code caravan-demo}, secret {@code caravan-demo-secret}, tokens of two hours that live side by side. */
    public static Login defaults() {
        return new Login("caravan-demo", "caravan-demo-secret", Duration.ofHours(2), false);
    }
}
