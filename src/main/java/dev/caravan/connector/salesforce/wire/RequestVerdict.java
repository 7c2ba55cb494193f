package dev.caravan.connector.salesforce.wire;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.Optional;

/** What a reply that is no success says about the request as a whole. */
public sealed interface RequestVerdict {

    /** Certainly not applied, and worth another try. */
    record NotApplied(Outcome.Deferred deferred) implements RequestVerdict {}

    /** Refused with a documented code, so not applied: {@code CONFIG}, or a class that stands. */
    record Refused(ApiError error, ErrorClass errorClass) implements RequestVerdict {

        /** The refusal as the outcome of a row. */
        public Outcome.Rejected rejected() {
            return new Outcome.Rejected(error.code(), error.field(), error.text(), errorClass);
        }
    }

    /** It may have been applied. */
    record Unclear(String reason) implements RequestVerdict {}

    /** The verdict of anything but a success that could be read. */
    static RequestVerdict of(Reply reply) {
        return switch (reply) {
            case Reply.NotSent notSent -> new NotApplied(new Outcome.Deferred(notSent.reason(), notSent.notBefore()));
            case Reply.Lost lost -> new Unclear(lost.reason());
            case HttpAnswer answer -> ofAnswer(answer);
            case Reply.Answer foreign -> new Unclear("malformed");
        };
    }

    private static RequestVerdict ofAnswer(HttpAnswer answer) {
        int status = answer.status();
        if (status == 401) {
            return notApplied("auth", answer);
        }
        if (status == 429) {
            return notApplied("busy", answer);
        }
        if (answer.ok()) {
            return new Unclear("malformed");
        }
        Optional<ApiError> choices = status == 300 ? ApiError.ofChoices(answer.body()) : Optional.empty();
        if (choices.isPresent()) {
            return new Refused(choices.get(), ErrorClass.CONFLICT);
        }
        if (status < 400 || status == 408 || status >= 500) {
            return new Unclear("http_" + status);
        }
        return ApiError.ofRequest(answer.body())
                .map(error -> ofError(answer, error))
                .orElseGet(() -> new Unclear("http_" + status));
    }

    private static RequestVerdict ofError(HttpAnswer answer, ApiError error) {
        ErrorClass errorClass = ErrorCodes.ofRequest(answer.status(), error);
        return switch (errorClass) {
            case TRANSIENT -> notApplied("transient", answer);
            case QUOTA -> notApplied("quota", answer);
            case AUTH -> notApplied("auth", answer);
            case DATA, CONFLICT, POLICY, CONFIG -> new Refused(error, errorClass);
        };
    }

    /** Seconds need a clock to become a time; the connection's signal gives that. A date needs none. */
    private static NotApplied notApplied(String reason, HttpAnswer answer) {
        return new NotApplied(new Outcome.Deferred(
                reason, answer.header(RetryAfter.HEADER).map(RetryAfter::of).flatMap(RetryAfter::date)));
    }

    /** All rows of a request whose rows were never touched: a log-in, a look-up, a job that did not start. */
    static Outcome untouched(Reply reply, String otherwise) {
        return switch (of(reply)) {
            case NotApplied notApplied -> notApplied.deferred();
            case Refused refused ->
                refused.errorClass() == ErrorClass.CONFIG
                        ? refused.rejected()
                        : new Outcome.Deferred(otherwise, Optional.empty());
            case Unclear unclear -> new Outcome.Deferred(otherwise, Optional.empty());
        };
    }
}
