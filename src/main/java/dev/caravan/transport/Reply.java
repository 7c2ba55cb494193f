package dev.caravan.transport;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a request. The difference between {@link NotSent} and {@link Lost} is the heart of the protocol: after
 * the one the destination has certainly not applied it, after the other nobody knows.
 */
public sealed interface Reply {

    /** HTTP requests this cost on the wire: log-ins and replays after an expired token included. */
    int requests();

    /**
     * A complete, well-formed HTTP answer of any status.
     *
     * @param headers by lower-case name, each with its values in order
     */
    record Answer(int status, Map<String, List<String>> headers, Body body, int requests) implements Reply {

        /** The first value of a header, whatever its case. */
        public Optional<String> header(String name) {
            List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
        }

        /** Whether the status is 2xx. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Certainly not applied: the connection was refused, log-in failed, a limit, breaker, quota or pause held it back.
     *
     * @param reason a stable word: {@code refused}, {@code login}, {@code breaker}, {@code quota}, {@code paused}, {@code stopped}…
     * @param notBefore when it makes sense to try again; empty if nothing says so
     */
    record NotSent(String reason, String detail, Optional<Instant> notBefore, int requests) implements Reply {}

    /** It left, and no complete answer came: timeout, reset, truncated answer. */
    record Lost(String reason, int requests) implements Reply {}
}
