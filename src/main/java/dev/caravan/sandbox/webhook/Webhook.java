package dev.caravan.sandbox.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Signatures;
import dev.caravan.sandbox.vendor.Table;
import dev.caravan.sandbox.vendor.Vendor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes JSON at {@code /hook} that is signed: {@code X-Signature} is the HMAC-SHA256 of the body in hex, with or without
 * {@code sha256=} before it, or of {@code timestamp.body} when there is an {@code X-Timestamp} (epoch seconds). A repeated
 * {@code Idempotency-Key} is answered as the first time and kept once; with another body it is refused.
 */
public final class Webhook implements Vendor {

    private static final String SECRET = "caravan-demo-webhook-secret";
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private final Settings settings =
            Settings.none().trap("key_required", true).number("wait_every", 20).number("wait_seconds", 1);
    private final Router router = new Router();
    private final Ground ground;
    private final Table messages = new Table();
    private final Map<String, String> bodies = new HashMap<>();
    private int seen;

    public Webhook(Ground ground) {
        this.ground = ground;
        router.add("POST", "/hook", "webhook.receive", Kind.CHANGE, this::receive)
                .add("PUT", "/hook", "webhook.receive", Kind.CHANGE, this::receive);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String title() {
        return "Webhook";
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public synchronized Map<String, Integer> counts() {
        return Map.of("messages", messages.size());
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        return object.equals("messages") ? messages.all() : List.of();
    }

    @Override
    public synchronized void reset() {
        messages.clear();
        bodies.clear();
        seen = 0;
    }

    @Override
    public synchronized Reply answer(Request request) {
        Optional<Router.Found> found = router.find(request);
        return found.isPresent()
                ? found.get().route().handler().answer(request, found.get().captured())
                : problem(404, "no such hook");
    }

    @Override
    public Reply brokenDown(Request request) {
        return problem(500, "internal error");
    }

    private Reply receive(Request request, Map<String, String> captured) {
        if (!isSigned(request)) {
            return problem(401, "the signature does not match");
        }
        int every = settings.get("wait_every");
        if (every > 0 && ++seen % every == 0) {
            Instant until = ground.now().plusSeconds(settings.get("wait_seconds"));
            return problem(429, "later")
                    .with("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)));
        }
        JsonNode body = request.json();
        if (body.isMissingNode()) {
            return problem(400, "the body is not JSON");
        }
        String key = request.header("idempotency-key").orElse("");
        if (key.isEmpty() && settings.on("key_required")) {
            return problem(400, "Idempotency-Key is required");
        }
        String before = bodies.get(key);
        if (before != null && !key.isEmpty()) {
            return before.equals(request.text())
                    ? received(key).with("Idempotent-Replayed", "true")
                    : problem(422, "Idempotency-Key was used for another body");
        }
        return kept(request, key, body);
    }

    private Reply kept(Request request, String key, JsonNode body) {
        String id = String.valueOf(messages.size() + 1);
        bodies.put(key, request.text());
        ObjectNode message = Json.object().put("idempotency_key", key);
        message.set("body", body);
        messages.put(id, message);
        ground.wrote(new Ground.Place("webhook", "messages", id, request.number()), key, "insert", List.of());
        return received(key);
    }

    private static Reply received(String key) {
        return Reply.json(202, Json.object().put("received", true).put("idempotency_key", key));
    }

    private boolean isSigned(Request request) {
        String given = request.header("x-signature").orElse("").replaceFirst("^sha256=", "");
        Optional<String> timestamp = request.header("x-timestamp");
        String wanted = timestamp.isPresent()
                ? Signatures.hmacSha256(SECRET, timestamp.get() + "." + request.text())
                : Signatures.hmacSha256(SECRET, request.body());
        boolean fresh = timestamp.map(this::isFresh).orElse(true);
        return fresh
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isFresh(String timestamp) {
        if (!timestamp.matches("\\d{1,11}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), ground.now());
        return age.abs().compareTo(OLDEST) <= 0;
    }

    private static Reply problem(int status, String message) {
        return Reply.json(status, Json.object().put("error", message));
    }
}
