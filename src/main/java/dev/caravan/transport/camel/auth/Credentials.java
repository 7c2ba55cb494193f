package dev.caravan.transport.camel.auth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How a connection proves who it is. Secrets are suppliers, asked once at each log-in, so that a file that was exchanged counts from
 * then on; a supplier that cannot answer throws a {@code CaravanException}, which is told as a refused log-in.
 */
public sealed interface Credentials {

    /** What is shown at a log-in, in an order of its own: when one of it changes, a log-in that was refused is tried again. */
    List<Supplier<String>> shown();

    /** Those of them that are secrets, whatever else is. */
    List<Supplier<String>> hidden();

    /** Credentials that cause no request: what they prove is seen by the destination's answers alone. */
    sealed interface Fixed extends Credentials {}

    /** Credentials that a token endpoint exchanges for a token that lives for a while. */
    sealed interface Exchanged extends Credentials {

        /** The endpoint. */
        TokenEndpoint endpoint();
    }

    /** Nothing to prove. */
    record None() implements Fixed {
        @Override
        public List<Supplier<String>> shown() {
            return List.of();
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of();
        }
    }

    /** {@code Authorization: Bearer …} with a token that a person made. */
    record Bearer(Supplier<String> token) implements Fixed {
        @Override
        public List<Supplier<String>> shown() {
            return List.of(token);
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of(token);
        }
    }

    /** A key in a header, behind a prefix such as {@code Token } that may be empty. */
    record KeyHeader(String name, String prefix, Supplier<String> key) implements Fixed {
        @Override
        public List<Supplier<String>> shown() {
            return List.of(key);
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of(key);
        }
    }

    /** A key as a query parameter of every request. */
    record KeyParameter(String name, Supplier<String> key) implements Fixed {
        @Override
        public List<Supplier<String>> shown() {
            return List.of(key);
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of(key);
        }
    }

    /** {@code Authorization: Basic …}, in UTF-8. */
    record Basic(Supplier<String> user, Supplier<String> password) implements Fixed {
        @Override
        public List<Supplier<String>> shown() {
            return List.of(user, password);
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of(password);
        }
    }

    /** OAuth 2 client credentials (RFC 6749, 4.4); a {@code scope} is one of the endpoint's extra parameters. */
    record Client(TokenEndpoint endpoint, Supplier<String> id, Supplier<String> secret) implements Exchanged {
        @Override
        public List<Supplier<String>> shown() {
            return endpoint.with(List.of(id, secret));
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of(secret);
        }
    }

    /**
     * An OAuth 2 refresh token (RFC 6749, 6).
     *
     * @param secret empty text for a public client
     * @param rotating whether an answer may bring another refresh token that takes the place of this one; it is then durable before
     *     anything else is done
     */
    record Refresh(
            TokenEndpoint endpoint,
            Supplier<String> id,
            Supplier<String> secret,
            Supplier<String> token,
            boolean rotating)
            implements Exchanged {
        @Override
        public List<Supplier<String>> shown() {
            return endpoint.with(List.of(id, secret, token));
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of(secret, token);
        }
    }

    /**
     * A signed OAuth 2 assertion (RFC 7523).
     *
     * @param claims all but {@code iat} and {@code exp}, each a text, in their order: {@code iss}, {@code sub}, {@code aud}…; one whose
     *     text is empty is left out
     * @param key a private key in PEM
     * @param signer how it signs
     * @param lifetime how long an assertion may be used, counted from its making
     */
    record Jwt(
            TokenEndpoint endpoint,
            Map<String, Supplier<String>> claims,
            Supplier<String> key,
            JwtAssertion.Signer signer,
            Duration lifetime)
            implements Exchanged {

        public Jwt {
            claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        }

        @Override
        public List<Supplier<String>> shown() {
            List<Supplier<String>> all = new ArrayList<>(claims.values());
            all.add(key);
            signer.keyId().ifPresent(all::add);
            return endpoint.with(all);
        }

        @Override
        public List<Supplier<String>> hidden() {
            return List.of(key);
        }
    }

    /** All that is read at a log-in: these credentials and more beside them. */
    default List<Supplier<String>> and(List<Supplier<String>> more) {
        return Stream.concat(shown().stream(), more.stream()).toList();
    }
}
