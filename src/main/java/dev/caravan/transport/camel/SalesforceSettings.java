package dev.caravan.transport.camel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How one Salesforce org is reached.
 *
 * @param connection the connection's name in caravan.yaml; names the component {@code salesforce-<connection>}
 * @param loginUrl the org's My Domain address, scheme included; log-ins go there alone, never to an address an answer named
 * @param clientId read at each log-in
 * @param proof read at each log-in, so that a rotated file is picked up; never stored in a component's options
 * @param apiVersion such as {@code 60.0}; not used for {@code raw} paths, which carry their own
 * @param requestTimeout how long a log-in may take; every other request brings its own time-out
 * @param maxInFlight the most requests at once; further ones wait for a connection
 */
public record SalesforceSettings(
        String connection,
        String loginUrl,
        Supplier<String> clientId,
        Proof proof,
        String apiVersion,
        Duration requestTimeout,
        int maxInFlight) {

    /** How a log-in proves who it is; one of the flows of OAuth 2. */
    public sealed interface Proof {

        /** Client credentials: the client's secret. */
        record Secret(Supplier<String> secret) implements Proof {}

        /**
         * JWT bearer: an assertion for a user, signed by the key whose certificate the connected app has.
         *
         * @param username of the user who is logged in
         * @param privateKey RSA, in PEM
         * @param audience which log-in service the assertion is for; empty for the one that the log-in's address belongs to
         */
        record Signed(Supplier<String> username, Supplier<String> privateKey, Optional<String> audience)
                implements Proof {}
    }

    /** By the client-credentials flow. */
    public SalesforceSettings(
            String connection,
            String loginUrl,
            Supplier<String> clientId,
            Supplier<String> clientSecret,
            String apiVersion,
            Duration requestTimeout,
            int maxInFlight) {
        this(connection, loginUrl, clientId, new Proof.Secret(clientSecret), apiVersion, requestTimeout, maxInFlight);
    }

    public SalesforceSettings {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("maxInFlight must be at least 1");
        }
        loginUrl = loginUrl.endsWith("/") ? loginUrl.substring(0, loginUrl.length() - 1) : loginUrl;
    }
}
