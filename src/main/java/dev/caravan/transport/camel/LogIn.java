package dev.caravan.transport.camel;

import dev.caravan.transport.Reply;
import dev.caravan.transport.camel.auth.Veil;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.client.ContentResponse;

/** What came of one log-in. */
sealed interface LogIn {

    /**
     * A token.
     *
     * @param token what requests carry; never shown
     * @param account the org id out of the answer's identity URL
     * @param answer the log-in's answer without its secrets
     * @param response as received, for the session to take the token from
     * @param veil hides what was shown and given from whoever reads answers
     */
    record Granted(String token, String account, Reply.Answer answer, ContentResponse response, Veil veil)
            implements LogIn {

        /** The same for someone whom it cost no request. */
        Granted free() {
            Reply.Answer free = answer.costing(0);
            return new Granted(token, account, free, response, veil);
        }

        @Override
        public String toString() {
            return "Granted[" + account + "]";
        }
    }

    /** The org does not take these credentials. Trying again can lock the user out, so it is not done unasked. */
    record Refused(String detail, int requests) implements LogIn {}

    /** It was not asked for, since no request may leave. */
    record HeldBack(String reason) implements LogIn {}

    /** Nobody could say: unreachable, 5xx, 429. */
    record Unavailable(String detail, Optional<Instant> notBefore, int requests) implements LogIn {}
}
