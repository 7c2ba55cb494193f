package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.TokenDesk;
import dev.caravan.sandbox.vendor.TokenDesk.Grant;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The token endpoint: a refresh token that does not change, or a service account's signed assertion, of which the claims are
 * checked and the signature is not.
 */
final class GoogleLogin {

    private static final String ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Ground ground;
    private final Settings settings;
    private final TokenDesk desk;

    GoogleLogin(Ground ground, Settings settings) {
        this.ground = ground;
        this.settings = settings.number("token_seconds", 3_599);
        this.desk = new TokenDesk("ya29.", "caravan-demo-refresh", ground.clock());
    }

    TokenDesk desk() {
        return desk;
    }

    boolean isIn(Request request) {
        String header = request.header("authorization").orElse("");
        return header.startsWith("Bearer ") && desk.standing(header.substring(7).strip()) == TokenDesk.Standing.VALID;
    }

    Reply token(Request request, Map<String, String> captured) {
        Map<String, String> form = Query.parse(request.text());
        Duration lifetime = Duration.ofSeconds(settings.get("token_seconds"));
        Optional<Grant> grant = switch (form.getOrDefault("grant_type", "")) {
            case "refresh_token" ->
                isKnown(form)
                        ? desk.refresh(form.getOrDefault("refresh_token", ""), false, lifetime)
                        : Optional.empty();
            case ASSERTION ->
                isGood(form.getOrDefault("assertion", "")) ? Optional.of(desk.issue(lifetime)) : Optional.empty();
            default -> Optional.empty();
        };
        return grant.map(it -> Reply.json(
                        200,
                        Json.object()
                                .put("access_token", it.access())
                                .put("expires_in", it.lifetime().toSeconds())
                                .put("scope", "https://www.googleapis.com/auth/datamanager")
                                .put("token_type", "Bearer")))
                .orElseGet(() -> Reply.json(
                        400, Json.object().put("error", "invalid_grant").put("error_description", "Bad Request")));
    }

    private static boolean isKnown(Map<String, String> form) {
        return "caravan-demo".equals(form.get("client_id")) && "caravan-demo-secret".equals(form.get("client_secret"));
    }

    private boolean isGood(String assertion) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            return false;
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return Json.parse(claims) instanceof Json.Parsed.Tree(JsonNode json)
                    && !json.path("iss").asText("").isEmpty()
                    && json.path("aud").asText("").endsWith("/token")
                    && json.path("exp").asLong() > ground.now().getEpochSecond()
                    && json.path("exp").asLong()
                            <= ground.now().plus(Duration.ofHours(1)).getEpochSecond();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
