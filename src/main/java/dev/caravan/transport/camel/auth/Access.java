package dev.caravan.transport.camel.auth;

import dev.caravan.transport.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a log-in gave: puts the proof on a request. Never shown.
 *
 * @param parameter {@code name=value}, encoded, for the query; empty for none
 */
public record Access(Map<String, String> headers, String parameter, Optional<Seal> seal) {

    /** A signing with its secret. */
    public record Seal(Signing how, String secret) {
        @Override
        public String toString() {
            return "Seal[…]";
        }
    }

    /** The request with the proof on it. What the connector wrote into the same headers gives way. */
    HttpRequest on(HttpRequest request, Instant now) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(request.headers());
        headers.forEach((name, value) -> replace(all, name, value));
        seal.ifPresent(with -> sign(with, request, now, all));
        return new HttpRequest(
                request.method(),
                path(request.path()),
                all,
                request.body(),
                request.contentType(),
                request.replay(),
                request.timeout());
    }

    private static void replace(Map<String, String> all, String name, String value) {
        all.remove(name);
        all.put(name, value);
    }

    private String path(String path) {
        return parameter.isEmpty() ? path : path + (path.indexOf('?') < 0 ? '?' : '&') + parameter;
    }

    private static void sign(Seal seal, HttpRequest request, Instant now, Map<String, String> all) {
        byte[] body = request.body().bytes();
        String second = Long.toString(now.getEpochSecond());
        Optional<String> timestamp = seal.how().timestampHeader();
        byte[] before = timestamp.isPresent() ? (second + ".").getBytes(StandardCharsets.US_ASCII) : new byte[0];
        byte[] signature = mac(seal.secret(), before, body);
        String written = switch (seal.how().encoding()) {
            case HEX -> HexFormat.of().formatHex(signature);
            case BASE64 -> Base64.getEncoder().encodeToString(signature);
        };
        timestamp.ifPresent(name -> replace(all, name, second));
        replace(all, seal.how().header(), seal.how().prefix() + written);
    }

    private static byte[] mac(String secret, byte[] before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(before);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "Access[…]";
    }
}
