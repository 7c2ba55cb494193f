package dev.caravan.transport.camel.auth;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs each request's body by HMAC-SHA256, beside any credentials.
 *
 * @param secret read at each log-in
 * @param header where the signature goes
 * @param prefix before it, such as {@code sha256=} or {@code v1=}; may be empty
 * @param encoding how its bytes are written
 * @param timestampHeader if given, carries the epoch second, and what is signed is that, a dot and the body; else the body alone
 */
public record Signing(
        Supplier<String> secret, String header, String prefix, Encoding encoding, Optional<String> timestampHeader) {

    /** How a signature is written. */
    public enum Encoding {
        /** Lower-case hexadecimal. */
        HEX,
        /** Base64 with padding. */
        BASE64
    }
}
