package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.problem.CaravanException;
import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a token endpoint: one request, and another only if a refresh token has changed behind it. Used by one thread at a time. */
final class TokenFlow {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USED_UP =
            "; an answer that brought another refresh token was lost before: unless it comes"
                    + " to be taken after all, a person has to log in again and to configure a new one";

    private final Credentials.Exchanged credentials;
    private final Wire wire;
    private final InstantSource clock;
    private final Duration timeout;
    private final RefreshTokens refreshTokens;
    /** Whether the token that is kept may be used up already. */
    private final AtomicBoolean inDoubt = new AtomicBoolean();

    /** A token and what came with it, or why there is none. */
    record Result(Optional<Granted> granted, LogIn otherwise) {

        private static Result of(LogIn why) {
            return new Result(Optional.empty(), why);
        }
    }

    /** What a token answer brought. */
    record Granted(String token, Optional<Duration> lifetime, Map<String, String> captured, int requests) {
        @Override
        public String toString() {
            return "Granted[…]";
        }
    }

    TokenFlow(
            Credentials.Exchanged credentials,
            Wire wire,
            InstantSource clock,
            Duration timeout,
            RefreshTokens refreshTokens) {
        this.credentials = credentials;
        this.wire = wire;
        this.clock = clock;
        this.timeout = timeout;
        this.refreshTokens = refreshTokens;
    }

    /** Throws what a secret or the token store throws. */
    Result ask(Shown shown, Gate gate) {
        String first = refreshToken(shown);
        Result result = ask(shown, first, gate);
        if (!(result.otherwise() instanceof LogIn.Refused) || result.granted().isPresent()) {
            return result;
        }
        // Another process may have been quicker: what it was given is kept by now.
        String second = refreshToken(shown);
        return second.equals(first) ? result : ask(shown, second, gate);
    }

    private String refreshToken(Shown shown) {
        if (!(credentials instanceof Credentials.Refresh refresh)) {
            return "";
        }
        String configured = shown.of(refresh.token());
        return refresh.rotating() ? refreshTokens.current(configured) : configured;
    }

    private Result ask(Shown shown, String refreshToken, Gate gate) {
        Instant now = clock.instant();
        HttpRequest request = TokenRequest.of(credentials, shown, refreshToken, now, timeout);
        Address address = Address.of(credentials.endpoint().address());
        Reply reply = wire.send(address.base(), request, gate);
        return switch (reply) {
            case HttpAnswer answer -> judge(answer, shown, refreshToken, TokenRequest.proof(request), now);
            case Reply.NotSent not
            when not.reason().equals("refused") ->
                Result.of(new LogIn.Unavailable(
                        "log-in: no connection to " + address.base() + " (" + not.detail() + ")",
                        not.notBefore(),
                        not.requests()));
            case Reply.NotSent not -> Result.of(new LogIn.HeldBack(not.reason(), not.requests()));
            case Reply.Lost lost -> lost(lost, address);
            case Reply.Answer foreign -> throw new IllegalStateException("a wire of HTTP answers by HTTP");
        };
    }

    private Result lost(Reply.Lost lost, Address address) {
        String detail = "log-in: no answer of " + address.base() + " (" + lost.reason() + ")";
        if (credentials instanceof Credentials.Refresh refresh && refresh.rotating()) {
            inDoubt.set(true);
            detail +=
                    "; it may have brought another refresh token, and then this one is used up and a person has to log"
                            + " in again";
        }
        return Result.of(new LogIn.Unavailable(detail, Optional.empty(), lost.requests()));
    }

    private Result judge(HttpAnswer answer, Shown shown, String refreshToken, String proof, Instant now) {
        int status = answer.status();
        JsonNode body = parse(answer);
        if (answer.ok()) {
            return granted(answer, body, shown, refreshToken);
        }
        if (status == 429 || status == 408 || status >= 500 || status < 400) {
            return Result.of(
                    new LogIn.Unavailable("log-in answered " + status, RetryAfter.of(answer, now), answer.requests()));
        }
        String detail = shown.veil(refreshToken, proof).refusal(body, status);
        return Result.of(new LogIn.Refused(inDoubt.get() ? detail + USED_UP : detail, answer.requests()));
    }

    private Result granted(HttpAnswer answer, JsonNode body, Shown shown, String refreshToken) {
        TokenEndpoint endpoint = credentials.endpoint();
        String token = endpoint.token().apply(body).orElse("");
        if (token.isEmpty()) {
            return Result.of(
                    new LogIn.Unavailable("log-in: the answer has no token", Optional.empty(), answer.requests()));
        }
        try {
            keepRotated(body, shown, refreshToken);
        } catch (CaravanException e) {
            return Result.of(new LogIn.Unavailable(
                    "log-in: " + e.problems().getFirst().oneLine(), Optional.empty(), answer.requests()));
        }
        inDoubt.set(false);
        Granted in = new Granted(
                token, endpoint.lifetime().apply(body), endpoint.capture().apply(body), answer.requests());
        return new Result(Optional.of(in), new LogIn.Unavailable("", Optional.empty(), 0));
    }

    /** Before the access token is used, since a refresh token that is lost cannot be asked for again. */
    private void keepRotated(JsonNode body, Shown shown, String shownToken) {
        if (credentials instanceof Credentials.Refresh refresh && refresh.rotating()) {
            String fresh = body.path("refresh_token").asText("");
            if (!fresh.isEmpty() && !fresh.equals(shownToken)) {
                refreshTokens.rotated(shown.of(refresh.token()), fresh);
            }
        }
    }

    private static JsonNode parse(HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body().bytes());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
