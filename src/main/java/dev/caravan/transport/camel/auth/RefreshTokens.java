package dev.caravan.transport.camel.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which refresh token to show: the configured one, or what took its place. Used by one thread at a time. */
final class RefreshTokens {

    private final String connection;
    private final TokenStore store;
    private final AtomicReference<@Nullable Unkept> unkept = new AtomicReference<>();

    /** A token that came when the disk did not take it; whoever shows the one before would be refused for good. */
    private record Unkept(String configured, String token) {
        @Override
        public String toString() {
            return "Unkept[…]";
        }
    }

    RefreshTokens(String connection, TokenStore store) {
        this.connection = connection;
        this.store = store;
    }

    /** The one that is good now. Throws what the store throws: a token that could not be kept is kept before anything is asked. */
    String current(String configured) {
        String fingerprint = fingerprint(configured);
        Unkept last = unkept.get();
        if (last != null && last.configured().equals(fingerprint)) {
            keep(last);
            return last.token();
        }
        Optional<String> kept = store.read(connection, fingerprint);
        return kept.orElse(configured);
    }

    /** Another one came in its place. Durable when it returns. */
    void rotated(String configured, String token) {
        Unkept fresh = new Unkept(fingerprint(configured), token);
        unkept.set(fresh);
        keep(fresh);
    }

    private void keep(Unkept token) {
        store.write(connection, token.configured(), token.token());
        unkept.set(null);
    }

    private static String fingerprint(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
