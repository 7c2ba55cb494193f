package dev.caravan.transport.camel.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How what was shown, or given for it, is written on a request. */
final class Proofs {

    private Proofs() {}

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** What credentials that need no request put on each. */
    static Access fixed(Credentials.Fixed credentials, Shown shown) {
        return switch (credentials) {
            case Credentials.None none -> access(Map.of(), "", "");
            case Credentials.Bearer bearer -> token(TokenEndpoint.Use.BEARER, shown.of(bearer.token()));
            case Credentials.KeyHeader key -> access(Map.of(key.name(), key.prefix() + shown.of(key.key())), "", "");
            case Credentials.KeyParameter key -> access(Map.of(), parameter(key.name(), shown.of(key.key())), "");
            case Credentials.Basic basic -> {
                String proof = basic(shown.of(basic.user()), shown.of(basic.password()));
                yield access(Map.of("Authorization", proof), "", proof);
            }
        };
    }

    static Access token(TokenEndpoint.Use use, String token) {
        return access(Map.of(use.header(), use.proof(token)), "", token);
    }

    /** The same with all that stands beside the credentials. */
    static Access with(Access access, Auth auth, Shown shown) {
        Map<String, String> headers = new HashMap<>();
        auth.secretHeaders().forEach((name, value) -> {
            String text = shown.of(value);
            if (!text.isEmpty()) {
                headers.put(name, text);
            }
        });
        headers.putAll(access.headers());
        return new Access(
                headers,
                access.parameter(),
                auth.signing().map(how -> new Access.Seal(how, shown.of(how.secret()))),
                access.veil().and(auth.unheard().stream().map(shown::of).toList()));
    }

    private static String parameter(String name, String value) {
        return (TokenRequest.encoded(name) + "=" + TokenRequest.encoded(value)).replace("+", "%20");
    }

    /** {@code secret} is what no answer may be heard to quote, beside the secrets that were shown. */
    private static Access access(Map<String, String> headers, String parameter, String secret) {
        return new Access(headers, parameter, Optional.empty(), Veil.of(List.of(secret)));
    }
}
