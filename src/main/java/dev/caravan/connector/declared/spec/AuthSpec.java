package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.template.TextTemplate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How requests are let in. The only templates that may name secrets. The transport does it; the connector only says it. */
public sealed interface AuthSpec {

    /** Something harmless for everything that a log-in captures, until it is known what it is. */
    default Map<String, String> unknownYet() {
        Map<String, String> unknown = new HashMap<>();
        tokens().ifPresent(tokens -> tokens.capture().keySet().forEach(name -> unknown.put(name, "0")));
        return unknown;
    }

    /** How the token of a log-in is used; empty where there is no log-in. */
    default Optional<Tokens> tokens() {
        return switch (this) {
            case ClientCredentials client -> Optional.of(client.use());
            case Refresh refresh -> Optional.of(refresh.use());
            case Jwt jwt -> Optional.of(jwt.use());
            case None none -> Optional.empty();
            case Bearer bearer -> Optional.empty();
            case ApiKey key -> Optional.empty();
            case Basic basic -> Optional.empty();
        };
    }

    /** Where tokens are had; empty where there is no log-in. */
    default Optional<TextTemplate> tokenUrl() {
        return switch (this) {
            case ClientCredentials client -> Optional.of(client.client().tokenUrl());
            case Refresh refresh -> Optional.of(refresh.client().tokenUrl());
            case Jwt jwt -> Optional.of(jwt.address());
            case None none -> Optional.empty();
            case Bearer bearer -> Optional.empty();
            case ApiKey key -> Optional.empty();
            case Basic basic -> Optional.empty();
        };
    }

    /** Nothing is needed. */
    record None() implements AuthSpec {}

    /** {@code Authorization: Bearer TOKEN}. */
    record Bearer(TextTemplate token) implements AuthSpec {}

    /** A header or a query parameter. */
    record ApiKey(In in, String name, TextTemplate value) implements AuthSpec {}

    /** {@code Authorization: Basic …}. */
    record Basic(TextTemplate username, TextTemplate password) implements AuthSpec {}

    /** A token for the application's own id and secret. */
    record ClientCredentials(Client client, Tokens use) implements AuthSpec {}

    /**
     * A token for a refresh token.
     *
     * @param rotating whether each answer carries the next refresh token, which must be durable before the new one is used
     */
    record Refresh(Client client, TextTemplate refreshToken, boolean rotating, Tokens use) implements AuthSpec {}

    /**
     * A token for a signed assertion (RFC 7523).
     *
     * @param privateKey PEM, PKCS#8
     * @param keyId the {@code kid} of the header
     * @param claims more claims, each a text
     * @param extra more parameters of the request
     */
    record Jwt(
            TextTemplate address,
            TextTemplate issuer,
            Optional<TextTemplate> subject,
            TextTemplate audience,
            Optional<TextTemplate> scope,
            TextTemplate privateKey,
            Optional<TextTemplate> keyId,
            Algorithm algorithm,
            Duration lifetime,
            Map<String, TextTemplate> claims,
            Map<String, TextTemplate> extra,
            Tokens use)
            implements AuthSpec {
        public Jwt {
            claims = Ordered.copy(claims);
            extra = Ordered.copy(extra);
        }
    }

    /** Where an API key goes. */
    enum In {
        HEADER,
        QUERY
    }

    /** How an assertion is signed. */
    enum Algorithm {
        RS256,
        ES256
    }

    /** How the token address is asked. */
    enum Style {
        /** POST, id and secret among the form's fields. */
        FORM,
        /** POST, id and secret as Basic authentication. */
        BASIC,
        /** GET, everything in the query. */
        QUERY,
        /** POST, everything as texts of a JSON object. */
        JSON
    }

    /**
     * The application that asks for a token.
     *
     * @param extra more parameters of the request
     */
    record Client(
            TextTemplate tokenUrl,
            TextTemplate id,
            TextTemplate secret,
            Optional<TextTemplate> scope,
            Style style,
            Map<String, TextTemplate> extra) {
        public Client {
            extra = Ordered.copy(extra);
        }
    }

    /**
     * What a token's answer says, and how the token is used.
     *
     * @param expiresIn seconds until it ends; where it finds nothing the token is used until an answer says that it has expired
     * @param capture what becomes {@code login.NAME}
     * @param expired the answers to a request that say that the token has expired: it is renewed and the request sent once more
     * @param header where the token goes
     * @param scheme what stands before it and a space; empty for nothing
     * @param hosts where a base address that the log-in tells may be beside the token address's own domain: these hosts and all below them
     */
    record Tokens(
            Selector accessToken,
            Selector expiresIn,
            Map<String, Selector> capture,
            Condition expired,
            String header,
            String scheme,
            List<String> hosts) {
        public Tokens {
            capture = Ordered.copy(capture);
            hosts = List.copyOf(hosts);
        }
    }
}
