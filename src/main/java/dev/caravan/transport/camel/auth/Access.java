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
 * @param veil hides what was shown and given from whoever reads answers
 */
record Access(Map<String, String> headers, String parameter, Optional<Seal> seal, Veil veil) {

    /** A signing with its secret. */
    record Seal(Signing how, String secret) {
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
        Optional<Signing.Stamp> stamp = seal.how().stamp();
        byte[] before = stamp.filter(Signing.Stamp::signed)
                .map(time -> (time.form().of(now) + ".").getBytes(StandardCharsets.US_ASCII))
                .orElse(new byte[0]);
        byte[] signature = mac(seal, before, body);
        String written = switch (seal.how().encoding()) {
            case HEX -> HexFormat.of().formatHex(signature);
            case BASE64 -> Base64.getEncoder().encodeToString(signature);
        };
        stamp.ifPresent(time -> replace(all, time.header(), time.form().of(now)));
        replace(all, seal.how().header(), seal.how().prefix() + written);
    }

    private static byte[] mac(Seal seal, byte[] before, byte[] body) {
        String algorithm = seal.how().hash().algorithm();
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(seal.secret().getBytes(StandardCharsets.UTF_8), algorithm));
            mac.update(before);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return "Access[…]";
    }
}
