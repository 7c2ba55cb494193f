package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Request.Replay;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the request for a token, in the form that the credentials and the endpoint want. */
final class TokenRequest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String ASSERTION = "&assertion=";

    private final Shown shown;
    private final Instant now;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private TokenRequest(Shown shown, Instant now) {
        this.shown = shown;
        this.now = now;
        headers.put("Accept", "application/json");
    }

    /**
     * The request, whose path is the endpoint's behind its authority.
     *
     * @param refreshToken the one that is good now, if the credentials are one
     */
    static HttpRequest of(
            Credentials.Exchanged credentials, Shown shown, String refreshToken, Instant now, Duration timeout) {
        TokenRequest request = new TokenRequest(shown, now);
        switch (credentials) {
            case Credentials.Client client -> request.client(client);
            case Credentials.Refresh refresh -> request.refresh(refresh, refreshToken);
            case Credentials.Jwt jwt -> request.assertion(jwt);
        }
        return request.write(credentials.endpoint(), timeout);
    }

    private void client(Credentials.Client client) {
        fields.put("grant_type", "client_credentials");
        identify(client.endpoint().style(), shown.of(client.id()), shown.of(client.secret()));
    }

    private void refresh(Credentials.Refresh refresh, String token) {
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", token);
        identify(refresh.endpoint().style(), shown.of(refresh.id()), shown.of(refresh.secret()));
    }

    private void identify(TokenEndpoint.Style style, String id, String secret) {
        if (style == TokenEndpoint.Style.BASIC) {
            // Both parts are encoded as a form's fields are, RFC 6749, 2.3.1.
            headers.put("Authorization", Proofs.basic(encoded(id), encoded(secret)));
            return;
        }
        fields.put("client_id", id);
        if (!secret.isEmpty()) {
            fields.put("client_secret", secret);
        }
    }

    private void assertion(Credentials.Jwt jwt) {
        ObjectNode claims = JSON.createObjectNode();
        jwt.claims().forEach((name, value) -> {
            String text = shown.of(value);
            if (!text.isEmpty()) {
                claims.put(name, text);
            }
        });
        claims.put("iat", now.getEpochSecond())
                .put("exp", now.plus(jwt.lifetime()).getEpochSecond());
        JwtAssertion.Signer signer = jwt.signer();
        fields.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        fields.put(
                "assertion",
                JwtAssertion.signed(
                        signer.algorithm(), signer.keyId().map(shown::of), claims.toString(), shown.of(jwt.key())));
    }

    private HttpRequest write(TokenEndpoint endpoint, Duration timeout) {
        endpoint.extra().forEach((name, value) -> {
            String text = shown.of(value);
            if (!text.isEmpty()) {
                fields.put(name, text);
            }
        });
        String path = Address.of(endpoint.address()).path();
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        if (endpoint.style() == TokenEndpoint.Style.QUERY) {
            String asked = path + (path.indexOf('?') < 0 ? "?" : "&") + form;
            return new HttpRequest(Method.GET, asked, headers, Body.EMPTY, "", Replay.NEVER, timeout);
        }
        if (endpoint.style() == TokenEndpoint.Style.JSON) {
            ObjectNode body = JSON.createObjectNode();
            fields.forEach(body::put);
            return new HttpRequest(
                    Method.POST, path, headers, Body.of(body.toString()), "application/json", Replay.NEVER, timeout);
        }
        return new HttpRequest(Method.POST, path, headers, Body.of(form), FORM, Replay.NEVER, timeout);
    }

    /** What such a request shows that was made for it alone: an assertion, or a pair in a header; empty where there is none. */
    static String proof(HttpRequest request) {
        String header = request.headers().getOrDefault("Authorization", "");
        String form = request.path() + "&" + request.body().text();
        int assertion = form.indexOf(ASSERTION);
        return assertion < 0
                ? header
                : form.substring(assertion + ASSERTION.length()).replaceAll("&.*", "");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
