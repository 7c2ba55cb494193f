package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.template.TextTemplate;
import java.util.Optional;

/**
 * A signature over each request, by a shared secret.
 *
 * @param header where it goes
 * @param of what is signed
 * @param timestampHeader where the time goes
 * @param timestamp how it is written
 * @param prefix what stands before the signature
 */
public record SignSpec(
        TextTemplate secret,
        String header,
        Algorithm algorithm,
        Of of,
        Optional<String> timestampHeader,
        Timestamp timestamp,
        String prefix,
        Encoding encoding) {

    /** The hash inside. */
    public enum Algorithm {
        SHA1,
        SHA256,
        SHA512
    }

    /** What is signed. */
    public enum Of {
        BODY,
        /** The time, a full stop, and the body. */
        TIMESTAMP_BODY
    }

    /** How a time is written. */
    public enum Timestamp {
        /** Whole seconds since 1970. */
        SECONDS,
        /** Milliseconds since 1970. */
        MILLIS,
        /** ISO 8601 in UTC. */
        ISO
    }

    /** How the signature is written. */
    public enum Encoding {
        HEX,
        BASE64
    }
}
