package dev.caravan.transport.camel.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs each request's body by an HMAC, beside any credentials.
 *
 * @param secret read at each log-in
 * @param header where the signature goes
 * @param hash the hash inside
 * @param prefix before it, such as {@code sha256=} or {@code v1=}; may be empty
 * @param encoding how its bytes are written
 * @param stamp the time beside it
 */
public record Signing(
        Supplier<String> secret, String header, Hash hash, String prefix, Encoding encoding, Optional<Stamp> stamp) {

    /** By HMAC-SHA256 over the body alone. */
    public static Signing ofBody(Supplier<String> secret, String header, String prefix, Encoding encoding) {
        return new Signing(secret, header, Hash.SHA256, prefix, encoding, Optional.empty());
    }

    /** The hashes inside. */
    public enum Hash {
        SHA1("HmacSHA1"),
        SHA256("HmacSHA256"),
        SHA512("HmacSHA512");

        private final String algorithm;

        Hash(String algorithm) {
            this.algorithm = algorithm;
        }

        /** As Java calls it. */
        String algorithm() {
            return algorithm;
        }
    }

    /** How a signature is written. */
    public enum Encoding {
        /** Lower-case hexadecimal. */
        HEX,
        /** Base64 with padding. */
        BASE64
    }

    /**
     * When it was signed.
     *
     * @param header that carries it
     * @param signed whether what is signed is the time, a full stop and the body; else the body alone
     */
    public record Stamp(String header, Form form, boolean signed) {}

    /** How a time is written. */
    public enum Form {
        /** Whole seconds since 1970. */
        SECONDS,
        /** Milliseconds since 1970. */
        MILLIS,
        /** ISO 8601 in UTC. */
        ISO;

        String of(Instant now) {
            return switch (this) {
                case SECONDS -> Long.toString(now.getEpochSecond());
                case MILLIS -> Long.toString(now.toEpochMilli());
                case ISO -> now.toString();
            };
        }
    }
}
