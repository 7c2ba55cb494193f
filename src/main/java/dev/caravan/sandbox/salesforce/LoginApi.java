package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.spec.Login;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The My Domain token endpoint (client credentials and signed assertions), revocation and user information. All of it rests on documentation;
 * the error codes are also known from recordings.
 */
final class LoginApi {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Login login;
    private final Tokens tokens;
    private final Organisation organisation;
    private final InstantSource clock;
    private final Assertions assertions;

    LoginApi(Login login, Tokens tokens, Organisation organisation, InstantSource clock) {
        this.login = login;
        this.tokens = tokens;
        this.organisation = organisation;
        this.clock = clock;
        this.assertions = new Assertions(login);
    }

    Reply token(Request request, Map<String, String> captured) {
        Map<String, String> form = new HashMap<>(Query.parse(request.text()));
        form.putAll(basic(request));
        String grant = form.getOrDefault("grant_type", "");
        if (grant.equals(JWT_BEARER) && assertions.taken()) {
            return assertions
                    .refusal(form.getOrDefault("assertion", ""), base(request), clock.instant())
                    .map(words -> error("invalid_grant", words))
                    .orElseGet(() -> granted(request));
        }
        if (!grant.equals("client_credentials")) {
            return error("unsupported_grant_type", "grant type not supported");
        }
        if (!login.clientId().equals(form.get("client_id"))) {
            return error("invalid_client_id", "client identifier invalid");
        }
        if (!login.clientSecret().equals(form.get("client_secret"))) {
            return error("invalid_client", "invalid client credentials");
        }
        return granted(request);
    }

    private Reply granted(Request request) {
        String base = base(request);
        String identity = base + "/id/" + organisation.id() + "/" + Organisation.INTEGRATION_USER;
        String issuedAt = String.valueOf(clock.instant().toEpochMilli());
        ObjectNode json = Json.object()
                .put("access_token", tokens.issue(organisation.id()))
                .put("signature", signature(identity + issuedAt))
                .put("scope", "api")
                .put("instance_url", base)
                .put("id", identity)
                .put("token_type", "Bearer")
                .put("issued_at", issuedAt)
                .put("api_instance_url", base);
        return Reply.json(200, json);
    }

    Reply revoke(Request request, Map<String, String> captured) {
        Optional<String> inForm =
                Optional.ofNullable(Query.parse(request.text()).get("token"));
        String token = request.query("token").or(() -> inForm).orElse("");
        return tokens.revoke(token)
                ? Reply.empty(200)
                : error("unsupported_token_type", "this token type is not supported");
    }

    Reply userInfo(Request request, Map<String, String> captured) {
        String base = base(request);
        return Reply.json(
                200,
                Json.object()
                        .put("sub", base + "/id/" + organisation.id() + "/" + Organisation.INTEGRATION_USER)
                        .put("user_id", Organisation.INTEGRATION_USER)
                        .put("organization_id", organisation.id())
                        .put("preferred_username", "integration@sandbox.invalid")
                        .put("name", "Integration"));
    }

    /** The server's root as this client reached it. */
    static String base(Request request) {
        return "http://" + request.header("host").orElse("127.0.0.1");
    }

    private static Reply error(String code, String description) {
        return Reply.json(400, Json.object().put("error", code).put("error_description", description));
    }

    private static Map<String, String> basic(Request request) {
        String header = request.header("authorization").orElse("");
        if (!header.startsWith("Basic ")) {
            return Map.of();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(header.substring("Basic ".length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Map.of("client_id", pair)
                    : Map.of("client_id", pair.substring(0, colon), "client_secret", pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(login.clientSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256", e);
        }
    }
}
