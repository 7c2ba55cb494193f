package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.ApiError;
import dev.caravan.connector.salesforce.wire.ErrorCodes;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.RetryAfter;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Quota;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What replies say about the org as a whole: the daily allowance on every answer, and how it is. */
final class Signals {

    private static final Pattern USAGE = Pattern.compile("(?<![\\w-])api-usage=(\\d{1,15})/(\\d{1,15})");

    private Signals() {}

    static Signal of(Reply reply, Instant now) {
        return switch (reply) {
            case Reply.Lost lost -> new Signal(State.TROUBLED, Optional.empty(), Optional.empty());
            case Reply.NotSent notSent -> new Signal(unsent(notSent.reason()), notSent.notBefore(), Optional.empty());
            case HttpAnswer answer ->
                new Signal(
                        state(answer),
                        answer.header(RetryAfter.HEADER).map(RetryAfter::of).flatMap(wait -> wait.from(now)),
                        answer.header("sforce-limit-info").flatMap(Signals::quota));
            case Reply.Answer foreign -> new Signal(State.TROUBLED, Optional.empty(), Optional.empty());
        };
    }

    /** What we held back ourselves says nothing new about the org, but is no sign of health either. */
    private static State unsent(String reason) {
        return switch (reason) {
            case "login", "account" -> State.LOCKED_OUT;
            case "quota" -> State.EXHAUSTED;
            case "refused" -> State.TROUBLED;
            default -> State.BUSY;
        };
    }

    private static Optional<Quota> quota(String header) {
        Matcher usage = USAGE.matcher(header);
        return usage.find()
                ? Optional.of(new Quota(Long.parseLong(usage.group(1)), Long.parseLong(usage.group(2))))
                : Optional.empty();
    }

    private static State state(HttpAnswer answer) {
        int status = answer.status();
        if (status == 401) {
            return State.LOCKED_OUT;
        }
        if (status == 429) {
            return State.BUSY;
        }
        if (status == 408 || status >= 500) {
            return State.TROUBLED;
        }
        return status < 400 ? State.WELL : refused(answer);
    }

    private static State refused(HttpAnswer answer) {
        Optional<ApiError> error = ApiError.ofRequest(answer.body());
        if (error.isEmpty()) {
            return loginRefused(answer) ? State.LOCKED_OUT : State.WELL;
        }
        ErrorClass errorClass = ErrorCodes.ofRequest(answer.status(), error.get());
        return switch (errorClass) {
            case AUTH -> State.LOCKED_OUT;
            case QUOTA -> daily(error.get()) ? State.EXHAUSTED : State.BUSY;
            case TRANSIENT -> State.TROUBLED;
            case DATA, CONFLICT, POLICY, CONFIG -> State.WELL;
        };
    }

    /** One code, two limits: too many long requests at once passes in seconds, the daily one does not. */
    private static boolean daily(ApiError error) {
        return !error.message().contains("Concurrent");
    }

    /** A log-in is refused with an object, unlike everything else. */
    private static boolean loginRefused(HttpAnswer answer) {
        return JsonBody.read(answer.body())
                .map(body -> body.path("error"))
                .filter(JsonNode::isTextual)
                .isPresent();
    }
}
