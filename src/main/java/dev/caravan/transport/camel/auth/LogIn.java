package dev.caravan.transport.camel.auth;

import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What came of one log-in. */
public sealed interface LogIn {

    /** Requests on the wire. */
    int requests();

    /** The same at another cost. */
    LogIn costing(int requests);

    /**
     * A proof of who we are, and who that is.
     *
     * @param number of this log-in, counted up in this process
     * @param base where requests go
     * @param account which account answers; empty text while it was not asked for
     * @param captured what the token answer brought
     * @param renewAt when it is time for another; empty if it lives until it is refused
     */
    record Granted(
            long number,
            Access access,
            String base,
            String account,
            Map<String, String> captured,
            Optional<Instant> renewAt,
            int requests)
            implements LogIn {

        /** The request with the proof on it. */
        public HttpRequest on(HttpRequest request, Instant now) {
            return access.on(request, now);
        }

        /** The answer without what was shown for it, which nobody else is to read. */
        public HttpAnswer hiding(HttpAnswer answer) {
            return access.veil().hide(answer);
        }

        Granted answeringFor(String name, int spent) {
            return new Granted(number, access, base, name, captured, renewAt, spent);
        }

        @Override
        public Granted costing(int spent) {
            return new Granted(number, access, base, account, captured, renewAt, spent);
        }

        @Override
        public String toString() {
            return "Granted[" + number + ", " + account + "]";
        }
    }

    /** The destination does not take these credentials. Trying again can lock the user out, so it is not done unasked. */
    record Refused(String detail, int requests) implements LogIn {
        @Override
        public Refused costing(int spent) {
            return new Refused(detail, spent);
        }
    }

    /** It was not asked for, since no request may leave. */
    record HeldBack(String reason, int requests) implements LogIn {
        @Override
        public HeldBack costing(int spent) {
            return new HeldBack(reason, spent);
        }
    }

    /** Nobody could say: unreachable, 5xx, 429, an answer that was lost. */
    record Unavailable(String detail, Optional<Instant> notBefore, int requests) implements LogIn {
        @Override
        public Unavailable costing(int spent) {
            return new Unavailable(detail, notBefore, spent);
        }
    }

    /** Why the request that wanted it was not sent, at this cost in all. */
    default Reply.NotSent notSent(int spent) {
        return switch (this) {
            case Granted in ->
                new Reply.NotSent(
                        "account",
                        "the log-in now answers for another account than the run began with",
                        Optional.empty(),
                        spent);
            case Refused no -> new Reply.NotSent("login", no.detail(), Optional.empty(), spent);
            case HeldBack held -> new Reply.NotSent(held.reason(), "", Optional.empty(), spent);
            case Unavailable later -> new Reply.NotSent("refused", later.detail(), later.notBefore(), spent);
        };
    }
}
