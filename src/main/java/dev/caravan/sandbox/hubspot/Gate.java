package dev.caravan.sandbox.hubspot;

import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.TokenDesk;
import dev.caravan.sandbox.vendor.TokenDesk.Grant;
import dev.caravan.sandbox.vendor.TokenDesk.Standing;
import dev.caravan.sandbox.vendor.Window;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Who is let in, and how often. A private app's token never ends; OAuth tokens do, and their refresh token changes with each
 * use. Search has a limit of its own, whose refusal names no policy and has no interval headers (recorded).
 */
final class Gate {

    static final String TOKEN = "pat-na1-caravan-demo";
    static final String CLIENT = "caravan-demo";
    static final String SECRET = "caravan-demo-secret";
    static final String REFRESH = "caravan-demo-refresh";

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Settings settings;
    private final TokenDesk desk;
    private final Window burst;
    private final Window daily;
    private final Window searches;

    Gate(Settings settings, Ground ground) {
        this.settings = settings.number("burst", 100)
                .number("daily", 250_000)
                .number("searches_per_second", 4)
                .number("token_seconds", 1_800)
                .trap("rotating_refresh", true);
        this.desk = new TokenDesk("CK-", REFRESH, ground.clock());
        this.burst = Window.rolling(INTERVAL, ground.clock());
        this.daily = Window.fixed(Duration.ofDays(1), ground.clock());
        this.searches = Window.rolling(Duration.ofSeconds(1), ground.clock());
    }

    TokenDesk desk() {
        return desk;
    }

    void exhaust() {
        daily.exhaust(settings.get("daily"));
    }

    void reset() {
        desk.reset();
        burst.clear();
        daily.clear();
        searches.clear();
    }

    /** The answer to a request that may not pass. */
    Optional<Reply> refuse(Request request, boolean search) {
        String token = token(request);
        Standing standing = token.equals(TOKEN) ? Standing.VALID : desk.standing(token);
        if (standing == Standing.EXPIRED) {
            return Optional.of(
                    Failures.of(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired."));
        }
        if (standing == Standing.UNKNOWN) {
            return Optional.of(Failures.of(
                    401,
                    "INVALID_AUTHENTICATION",
                    "Authentication credentials not found. This API supports OAuth 2.0 authentication."));
        }
        if (daily.left(settings.get("daily")) == 0 && settings.get("daily") > 0) {
            return Optional.of(limited("daily", "DAILY"));
        }
        if (search) {
            return searches.spend(settings.get("searches_per_second")) ? pass() : Optional.of(searchedTooOften());
        }
        return burst.spend(settings.get("burst"))
                ? pass()
                : Optional.of(limited("ten_secondly_rolling", "TEN_SECONDLY_ROLLING"));
    }

    /** The answer with the headers that say what is left. */
    Reply dressed(Reply reply, Request request, boolean search) {
        Reply dressed = reply;
        if (token(request).equals(TOKEN)) {
            int day = settings.get("daily");
            dressed = dressed.with("X-HubSpot-RateLimit-Daily", String.valueOf(day))
                    .with("X-HubSpot-RateLimit-Daily-Remaining", String.valueOf(daily.left(day)));
        }
        if (search) {
            return dressed;
        }
        int max = settings.get("burst");
        return dressed.with("X-HubSpot-RateLimit-Interval-Milliseconds", String.valueOf(INTERVAL.toMillis()))
                .with("X-HubSpot-RateLimit-Max", String.valueOf(max))
                .with("X-HubSpot-RateLimit-Remaining", String.valueOf(burst.left(max)))
                .with("X-HubSpot-RateLimit-Secondly", String.valueOf(max / 10))
                .with("X-HubSpot-RateLimit-Secondly-Remaining", String.valueOf(burst.left(max) / 10));
    }

    /** {@code POST /oauth/v1/token} and {@code /oauth/v3/token}. */
    Reply token(Request request, Map<String, String> captured) {
        Map<String, String> form = Query.parse(request.text());
        if (!CLIENT.equals(form.get("client_id")) || !SECRET.equals(form.get("client_secret"))) {
            return refused("BAD_CLIENT_ID", "missing or unknown client id");
        }
        Duration lifetime = Duration.ofSeconds(settings.get("token_seconds"));
        Optional<Grant> grant = switch (form.getOrDefault("grant_type", "")) {
            case "refresh_token" ->
                desk.refresh(form.getOrDefault("refresh_token", ""), settings.on("rotating_refresh"), lifetime);
            case "client_credentials" -> Optional.of(desk.issue(lifetime));
            default -> Optional.empty();
        };
        return grant.map(it -> Reply.json(
                        200,
                        Json.object()
                                .put("access_token", it.access())
                                .put("refresh_token", it.refresh())
                                .put("token_type", "bearer")
                                .put("expires_in", it.lifetime().toSeconds())
                                .put("hub_id", HubSpot.PORTAL)))
                .orElseGet(() -> refused("BAD_REFRESH_TOKEN", "missing or invalid refresh token"));
    }

    private Optional<Reply> pass() {
        daily.spend(settings.get("daily"));
        return Optional.empty();
    }

    private static Reply limited(String words, String policy) {
        return Reply.json(
                429,
                Failures.body("You have reached your " + words + " limit.")
                        .put("errorType", "RATE_LIMIT")
                        .put("policyName", policy));
    }

    private static Reply searchedTooOften() {
        return Failures.of(429, "RATE_LIMITS", "You have reached your secondly limit.");
    }

    private static Reply refused(String status, String message) {
        return Reply.json(400, Failures.body(message).put("status", status));
    }

    private static String token(Request request) {
        String header = request.header("authorization").orElse("");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
    }
}
